import type { Actor } from './actor.ts'
import { mayUse, type Permission } from './permissions.ts'

/** The left rail, in the order of design.md §7: a page a role may not use is not there. */
export const NAVIGATION = [
  { key: 'home', href: '/', permission: 'platform.home.view' },
  { key: 'inbox', href: '/inbox', permission: 'platform.inbox.view' },
  { key: 'my', href: '/my', permission: 'register.my.view' },
  { key: 'teachers', href: '/teachers', permission: 'register.teacher.list' },
  { key: 'schools', href: '/schools', permission: 'register.school.list' },
  { key: 'rotation', href: '/rotation', permission: 'rotation.round.list' },
  { key: 'equity', href: '/equity', permission: 'equity.board.view' },
  { key: 'talent', href: '/talent', permission: 'talent.studio.list' },
  { key: 'reserve', href: '/reserve', permission: 'reserve.candidate.list' },
  { key: 'policies', href: '/policies', permission: 'rotation.policy.list' },
  // Whoever ends a declaration has no other page of 轮岗; the others reach it from there.
  { key: 'recusals', href: '/rotation/recusals', permission: 'rotation.recusal.end' },
  { key: 'accounts', href: '/accounts', permission: 'platform.user.list' },
  { key: 'audit', href: '/audit', permission: 'platform.audit.list' },
  { key: 'settings', href: '/settings', permission: 'platform.settings.view' },
] as const satisfies readonly { key: string; href: string; permission: Permission }[]

export const navigationFor = (actor: Actor) => NAVIGATION.filter((item) => mayUse(actor, item.permission))
