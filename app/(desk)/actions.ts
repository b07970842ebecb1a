'use server'
import { defineAction } from '@/app/_server/action.ts'
import {
  acceptPrivacy,
  changePassword,
  endOtherSessions,
  setLocale,
  signOutCommand,
  switchRole,
  welcome,
} from '@/lib/platform/commands/account.ts'

export const signOutAction = defineAction(signOutCommand, { redirectTo: () => '/sign-in' })
export const switchRoleAction = defineAction(switchRole, { redirectTo: () => '/' })
export const changePasswordAction = defineAction(changePassword, { refresh: ['/'] })
export const endOtherSessionsAction = defineAction(endOtherSessions, { refresh: ['/account'] })
export const acceptPrivacyAction = defineAction(acceptPrivacy, { refresh: ['/'], redirectTo: () => '/' })
export const setLocaleAction = defineAction(setLocale, { refresh: ['/'] })
export const welcomeAction = defineAction(welcome, { refresh: ['/'] })
