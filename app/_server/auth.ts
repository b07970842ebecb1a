import 'server-only'
import type { NextAuthOptions } from 'next-auth'
import Credentials from 'next-auth/providers/credentials'
import { log } from '@/lib/platform/log.ts'
import { signOut } from '@/lib/platform/sessions.ts'
import { signIn } from '@/lib/platform/sign-in.ts'
import { type DistrictId, isUuid } from '@/lib/rules/values/ids.ts'
import { callerAddress, isSecure } from './origin.ts'

const cookie = (name: string) => ({
  name: isSecure() ? `__Host-jh.${name}` : `jh.${name}`,
  options: { httpOnly: true, sameSite: 'lax' as const, path: '/', secure: isSecure() },
})

declare module 'next-auth/jwt' {
  interface JWT {
    sid?: string
    district?: string
  }
}
declare module 'next-auth' {
  interface Session {
    sid?: string
    district?: string
  }
  interface User {
    sid?: string
    district?: string
  }
}

/**
 * next-auth keeps only a random session token in its encrypted cookie; everything a session means is in `sessions`
 * and looked up on every request, so it can be revoked (security.md §4.3).
 */
export function authOptions(): NextAuthOptions {
  return {
    secret: process.env.NEXTAUTH_SECRET,
    session: { strategy: 'jwt', maxAge: 12 * 3600 },
    pages: { signIn: '/sign-in', error: '/sign-in' },
    cookies: { sessionToken: cookie('session'), csrfToken: cookie('csrf'), callbackUrl: cookie('callback') },
    logger: {
      error: (code) => log.warn({ auth: code }),
      warn: () => undefined,
      debug: () => undefined,
    },
    providers: [
      Credentials({
        credentials: { district: {}, login: {}, password: {} },
        async authorize(sent, request) {
          const district = sent?.district ?? ''
          if (!sent || !isUuid(district)) return null
          const agent = String(request.headers?.['user-agent'] ?? '')
          const outcome = await signIn(district as DistrictId, {
            login: sent.login,
            password: sent.password,
            address: await callerAddress(),
            agent,
          })
          if (!outcome.ok) {
            const refusal = outcome.refusals[0]!
            throw new Error(JSON.stringify({ code: refusal.code, values: refusal.values ?? {} }))
          }
          return { id: 'session', sid: outcome.value.token, district }
        },
      }),
    ],
    callbacks: {
      jwt: ({ token, user }) =>
        user ? { sid: user.sid, district: user.district } : { sid: token.sid, district: token.district },
      session: ({ session, token }) => ({ ...session, user: undefined, sid: token.sid, district: token.district }),
      redirect: ({ baseUrl }) => baseUrl,
    },
    events: {
      async signOut({ token }) {
        if (token.sid && token.district) await signOut(token.district as DistrictId, token.sid)
      },
    },
  }
}
