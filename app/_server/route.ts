import 'server-only'
import type { z } from 'zod'
import { type Tx, withScope } from '@/db/scope.ts'
import type { Translate } from '@/lib/i18n/translate.ts'
import { incident } from '@/lib/platform/log.ts'
import type { CurrentSession } from '@/lib/platform/sessions.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'
import { mayUse, type Permission } from '@/lib/rules/access/permissions.ts'
import { currentSession, currentTranslate } from './current.ts'
import { isOwnOrigin } from './origin.ts'

interface RouteContext<P, Q> {
  params: P
  query: Q
  actor: UserActor
  session: CurrentSession
  t: Translate
  request: Request
}

interface RouteSpec<P extends z.ZodType, Q extends z.ZodType> {
  params: P
  query: Q
  /** `write` for uploads: the origin is checked as for an action. */
  write?: boolean
  handle: (tx: Tx, context: RouteContext<z.output<P>, z.output<Q>>) => Promise<Response>
}

/** A download or an upload: session → right → one scoped transaction → response that no cache keeps. */
export function defineRoute<P extends z.ZodType, Q extends z.ZodType>(permission: Permission, spec: RouteSpec<P, Q>) {
  return async function route(request: Request, props: { params: Promise<unknown> }): Promise<Response> {
    const session = await currentSession()
    if (!session) return new Response(null, { status: 401 })
    if (!mayUse(session.actor, permission)) return new Response(null, { status: 404 })
    if (spec.write && !(await isOwnOrigin())) return new Response(null, { status: 403 })
    const params = spec.params.safeParse((await props.params) ?? {})
    const query = spec.query.safeParse(Object.fromEntries(new URL(request.url).searchParams))
    if (!params.success || !query.success) return new Response(null, { status: 404 })
    try {
      const context = {
        params: params.data,
        query: query.data,
        actor: session.actor,
        session,
        t: await currentTranslate(),
        request,
      }
      const response = await withScope(session.actor, (tx) => spec.handle(tx, context))
      response.headers.set('Cache-Control', 'private, no-store')
      return response
    } catch (error) {
      const { number } = incident(error, { action: permission })
      return new Response(number, { status: 500 })
    }
  }
}

interface UploadSpec<Q extends z.ZodType> {
  query: Q
  /** Outside any transaction, for the body may take minutes; the command that keeps it opens its own. */
  handle: (context: Omit<RouteContext<unknown, z.output<Q>>, 'params'>) => Promise<Response>
}

/** An upload: session → right → own origin → the body streams to its handler. */
export function defineUpload<Q extends z.ZodType>(permission: Permission, spec: UploadSpec<Q>) {
  return async function route(request: Request): Promise<Response> {
    const session = await currentSession()
    if (!session) return new Response(null, { status: 401 })
    if (!mayUse(session.actor, permission)) return new Response(null, { status: 404 })
    if (!(await isOwnOrigin())) return new Response(null, { status: 403 })
    const query = spec.query.safeParse(Object.fromEntries(new URL(request.url).searchParams))
    if (!query.success) return new Response(null, { status: 404 })
    try {
      const { actor } = session
      const response = await spec.handle({ query: query.data, actor, session, t: await currentTranslate(), request })
      response.headers.set('Cache-Control', 'private, no-store')
      return response
    } catch (error) {
      const { number } = incident(error, { action: permission })
      return new Response(number, { status: 500 })
    }
  }
}

/** A file that is saved, never shown inside the product's pages. */
export function attachment(body: Uint8Array | ReadableStream, name: string, mediaType: string): Response {
  return new Response(body as BodyInit, {
    headers: {
      'Content-Type': mediaType,
      'Content-Disposition': `attachment; filename="download"; filename*=UTF-8''${encodeURIComponent(name)}`,
      'Content-Security-Policy': 'sandbox',
      'X-Content-Type-Options': 'nosniff',
    },
  })
}
