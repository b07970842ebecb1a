import type { Tx } from '@/db/scope.ts'
import type { Translate } from '@/lib/i18n/translate.ts'
import { label } from '@/lib/i18n/vocabulary.ts'
import { findPeople, findSchools } from '@/lib/register/queries/find.ts'
import { candidateQuery, listCandidates } from '@/lib/reserve/queries/candidates.ts'
import { listCases } from '@/lib/rotation/queries/cases.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'
import { navigationFor } from '@/lib/rules/access/navigation.ts'
import { mayUse } from '@/lib/rules/access/permissions.ts'
import { listStudios, studioQuery } from '@/lib/talent/queries/studios.ts'

export interface Finding {
  kind: 'person' | 'school' | 'case' | 'studio' | 'candidate' | 'page'
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

/** A case is found by its person or its number. */
const cases: FinderSource = async (tx, actor, words, t) =>
  mayUse(actor, 'rotation.case.list')
    ? (await listCases(tx, { who: words, size: 6, skip: 0 })).rows.map((row) => ({
        kind: 'case',
        text: `${t('board.case.no', { number: row.number })} ${row.name}`,
        detail: `${row.fromSchool} → ${row.toSchool ?? t('board.case.noDestination')} · ${t(`board.state.${row.state}`)}`,
        href: `/rotation/cases/${row.id}`,
      }))
    : []

const studios: FinderSource = async (tx, actor, words, t) =>
  mayUse(actor, 'talent.studio.list')
    ? (await listStudios(tx, studioQuery.parse({ who: words }), actor.today)).slice(0, 4).map((row) => ({
        kind: 'studio',
        text: row.name,
        detail: `${t(`talent.level.${row.level}`)} · ${row.hostName ?? '—'}`,
        href: `/talent/${row.id}`,
      }))
    : []

const candidates: FinderSource = async (tx, actor, words, t) =>
  mayUse(actor, 'reserve.candidate.list')
    ? (await listCandidates(tx, candidateQuery.parse({ who: words, size: 20 }), actor.today)).rows
        .slice(0, 4)
        .map((row) => ({
          kind: 'candidate',
          text: row.name,
          detail: `${row.number} · ${t(`reserve.state.${row.state}`)}`,
          href: `/reserve/${row.id}`,
        }))
    : []

const pages: FinderSource = async (_tx, actor, words, t) =>
  navigationFor(actor)
    .map((item) => ({ item, text: t(`platform.rail.${item.key}`) }))
    .filter(({ text }) => text.toLowerCase().includes(words.toLowerCase()))
    .map(({ item, text }) => ({ kind: 'page', text, detail: '', href: item.href }))

/** What the finder looks through; each area brings its own. */
export const FINDER_SOURCES: readonly FinderSource[] = [people, schools, cases, studios, candidates, pages]

/** At most 30 findings, people first. */
export async function find(tx: Tx, actor: UserActor, words: string, t: Translate): Promise<Finding[]> {
  const found: Finding[] = []
  for (const source of FINDER_SOURCES) found.push(...(await source(tx, actor, words, t)))
  return found.slice(0, 30)
}
