import 'server-only'
import { notFound, redirect } from 'next/navigation'
import type { ReactNode } from 'react'
import { z } from 'zod'
import { type Tx, withScope } from '@/db/scope.ts'
import type { Translate } from '@/lib/i18n/translate.ts'
import { incident } from '@/lib/platform/log.ts'
import type { CurrentSession } from '@/lib/platform/sessions.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'
import { mayUse, type Permission } from '@/lib/rules/access/permissions.ts'
import { currentSession, currentTranslate } from './current.ts'

export interface PageContext<P, Q> {
  params: P
  query: Q
  actor: UserActor
  session: CurrentSession
  t: Translate
}

export interface PageSpec<P extends z.ZodType, Q extends z.ZodType, D> {
  params?: P
  /** Every field falls back to its default with `.catch`: an old link never breaks. */
  query?: Q
  /** One read-only transaction; null means there is no such thing, or not for this person: 404. */
  load: (tx: Tx, context: PageContext<z.output<P>, z.output<Q>>) => Promise<D | null>
  view: (data: D, context: PageContext<z.output<P>, z.output<Q>>) => ReactNode | Promise<ReactNode>
}

interface PageProps {
  params: Promise<Record<string, string | string[] | undefined>>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

const empty = z.object({})

/** Session → right → one read-only transaction in the actor's scope → view (style.md §2). */
export function definePage<P extends z.ZodType = typeof empty, Q extends z.ZodType = typeof empty, D = unknown>(
  permission: Permission,
  spec: PageSpec<P, Q, D>,
) {
  return async function Page(props: PageProps) {
    const session = await requireSession()
    if (!mayUse(session.actor, permission)) notFound()
    const first = firstStep(session)
    if (first && !first.permissions.includes(permission)) redirect(first.path)
    const params = (spec.params ?? empty).safeParse(await props.params)
    if (!params.success) notFound()
    const query = (spec.query ?? empty).safeParse(await props.searchParams)
    const context = {
      params: params.data as z.output<P>,
      query: (query.success ? query.data : (spec.query ?? empty).parse({})) as z.output<Q>,
      actor: session.actor,
      session,
      t: await currentTranslate(),
    }
    let data: D | null
    try {
      data = await withScope(session.actor, (tx) => spec.load(tx, context), { readOnly: true })
    } catch (error) {
      throw incident(error, { action: permission })
    }
    if (data === null || data === undefined) notFound()
    return spec.view(data, context)
  }
}

/** What a person does before anything else: choose a password of their own, then read how their data is handled. */
function firstStep(session: CurrentSession): { path: '/account' | '/privacy'; permissions: Permission[] } | null {
  if (session.mustChangePassword) return { path: '/account', permissions: ['platform.account.view'] }
  if (!session.privacyAccepted)
    return { path: '/privacy', permissions: ['platform.account.view', 'platform.account.readPrivacy'] }
  return null
}

/** Reads in the scope of the signed-in person, for the frame around the pages. */
export const readAs = <T,>(session: CurrentSession, read: (tx: Tx, actor: UserActor) => Promise<T>): Promise<T> =>
  withScope(session.actor, (tx) => read(tx, session.actor), { readOnly: true })

/** The signed-in person, or the sign-in page. */
export async function requireSession(): Promise<CurrentSession> {
  const session = await currentSession()
  if (!session) redirect('/sign-in')
  return session
}
