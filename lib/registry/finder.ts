import type { Tx } from '@/db/scope.ts'
import type { Translate } from '@/lib/i18n/translate.ts'
import { label } from '@/lib/i18n/vocabulary.ts'
import { findPeople, findSchools } from '@/lib/register/queries/find.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'
import { navigationFor } from '@/lib/rules/access/navigation.ts'

export interface Finding {
  kind: 'person' | 'school' | 'case' | 'page'
  text: string
  detail: string
  href: string
}
export type FinderSource = (tx: Tx, actor: UserActor, words: string, t: Translate) => Promise<Finding[]>

/** A person is name, school and subject: there are namesakes. */
const people: FinderSource = async (tx, actor, words, t) =>
  (await findPeople(tx, actor, words)).map((person) => ({
    kind: 'person',
    text: person.name,
    detail: person.subject ? `${person.school} · ${label(t, 'subject', person.subject)}` : person.school,
    href: `/teachers/${person.id}`,
  }))

const schools: FinderSource = async (tx, actor, words) =>
  (await findSchools(tx, actor, words)).map((school) => ({
    kind: 'school',
    text: school.name,
    detail: school.code,
    href: `/schools/${school.id}`,
  }))

const pages: FinderSource = async (_tx, actor, words, t) =>
  navigationFor(actor)
    .map((item) => ({ item, text: t(`platform.rail.${item.key}`) }))
    .filter(({ text }) => text.toLowerCase().includes(words.toLowerCase()))
    .map(({ item, text }) => ({ kind: 'page', text, detail: '', href: item.href }))

/** What the finder looks through; each area brings its own. */
export const FINDER_SOURCES: readonly FinderSource[] = [people, schools, pages]

/** At most 20 findings, people first. */
export async function find(tx: Tx, actor: UserActor, words: string, t: Translate): Promise<Finding[]> {
  const found: Finding[] = []
  for (const source of FINDER_SOURCES) found.push(...(await source(tx, actor, words, t)))
  return found.slice(0, 20)
}
