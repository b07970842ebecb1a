'use server'
import { defineAction } from '@/app/_server/action.ts'
import { accountsFromRegister, schoolLinks } from '@/lib/platform/commands/bulk-accounts.ts'
import { endGrant, giveGrant } from '@/lib/platform/commands/grants.ts'
import {
  createUser,
  disableUser,
  enableUser,
  endUserSessions,
  issueUserLink,
  unlockUser,
} from '@/lib/platform/commands/users.ts'

export const createUserAction = defineAction(createUser, { refresh: ['/accounts'] })
export const issueUserLinkAction = defineAction(issueUserLink)
export const disableUserAction = defineAction(disableUser, { refresh: ['/accounts'] })
export const enableUserAction = defineAction(enableUser, { refresh: ['/accounts'] })
export const unlockUserAction = defineAction(unlockUser)
export const endUserSessionsAction = defineAction(endUserSessions, { refresh: ['/accounts'] })
export const accountsFromRegisterAction = defineAction(accountsFromRegister, { refresh: ['/accounts'] })
export const schoolLinksAction = defineAction(schoolLinks)
export const giveGrantAction = defineAction(giveGrant, { refresh: ['/accounts'] })
export const endGrantAction = defineAction(endGrant, { refresh: ['/accounts'] })
