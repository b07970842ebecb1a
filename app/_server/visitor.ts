import 'server-only'
import { linkActor } from '@/lib/platform/links.ts'
import { setUpActorFor } from '@/lib/platform/set-up.ts'
import type { Actor } from '@/lib/rules/access/actor.ts'
import { type DistrictId, isUuid } from '@/lib/rules/values/ids.ts'

/** Whoever holds a live one-time link: the owner of that account, able to set its password and nothing else. */
export async function linkVisitor(form: FormData): Promise<Actor | null> {
  const district = String(form.get('d') ?? '')
  if (!isUuid(district)) return null
  return (await linkActor(district as DistrictId, String(form.get('t') ?? '')))?.actor ?? null
}

/** Whoever reads the server's console, while a district has no account. */
export const setUpVisitor = (form: FormData): Promise<Actor | null> =>
  setUpActorFor(String(form.get('districtId') ?? ''), String(form.get('token') ?? ''))
