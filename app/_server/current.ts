import 'server-only'
import { cookies } from 'next/headers'
import { getServerSession } from 'next-auth'
import { cache } from 'react'
import { DEFAULT_LOCALE, isLocale, type Locale } from '@/lib/i18n/messages.ts'
import { type Translate, translator } from '@/lib/i18n/translate.ts'
import { type CurrentSession, loadSession } from '@/lib/platform/sessions.ts'
import { type DistrictId, isUuid } from '@/lib/rules/values/ids.ts'
import { authOptions } from './auth.ts'

/** The live session of this request, looked up once; null when nobody is signed in. */
export const currentSession = cache(async (): Promise<CurrentSession | null> => {
  const session = await getServerSession(authOptions())
  if (!session?.sid || !session.district || !isUuid(session.district)) return null
  return loadSession(session.district as DistrictId, session.sid)
})

/** Language of this request: the person's own, else the cookie of the sign-in page, else zh-CN. */
export const currentLocale = cache(async (): Promise<Locale> => {
  const session = await currentSession()
  if (session && isLocale(session.locale)) return session.locale
  const chosen = (await cookies()).get('jh.locale')?.value
  return isLocale(chosen) ? chosen : DEFAULT_LOCALE
})

export const currentTranslate = async (): Promise<Translate> => translator(await currentLocale())
