'use server'
import { defineAction } from '@/app/_server/action.ts'
import { linkVisitor } from '@/app/_server/visitor.ts'
import { activateAccount } from '@/lib/platform/commands/activate.ts'

export const activateAction = defineAction(activateAccount, {
  visitor: linkVisitor,
  deadCode: 'account.refusal.linkDead',
  redirectTo: () => '/sign-in?activated=1',
})
