import Link from 'next/link'
import { z } from 'zod'
import { definePage } from '@/app/_server/page.tsx'
import { addressOf, pagingQuery } from '@/app/_ui/address.ts'
import { EmptyState, Screen, Tabs } from '@/app/_ui/screen.tsx'
import { DataTable, TableFoot } from '@/app/_ui/table.tsx'
import { label } from '@/lib/i18n/vocabulary.ts'
import { PEOPLE_PARTS, peopleBehind } from '@/lib/rotation/queries/people-behind.ts'
import { roundById } from '@/lib/rotation/queries/rounds.ts'
import { idSchema, type RoundId } from '@/lib/rules/values/ids.ts'
import { RoundTabs } from '../../../_parts/round-tabs.tsx'

/** The people behind a number of the quota meter (R-QUOTA-4). */
export default definePage('rotation.round.quota', {
  params: z.object({ roundId: idSchema<RoundId>() }),
  query: z.object({ part: z.enum(PEOPLE_PARTS).catch('moved'), ...pagingQuery }),
  load: async (tx, { params, query }) => {
    const round = await roundById(tx, params.roundId)
    return round ? { round, people: await peopleBehind(tx, params.roundId, query.part) } : null
  },
  view: ({ round, people }, { actor, query, t }) => {
    const path = `/rotation/rounds/${round.id}`
    const at = (change: Record<string, string | number | undefined>) =>
      addressOf(`${path}/people`, { ...query, ...change })
    return (
      <Screen
        title={t('board.people.title', { part: t(`board.people.part.${query.part}`), count: people.length })}
        crumbs={[
          { text: t('board.rounds.title'), href: '/rotation' },
          { text: round.name, href: path },
        ]}
      >
        <RoundTabs t={t} actor={actor} roundId={round.id} current="cases" />
        <Tabs
          label={t('board.people.parts')}
          items={PEOPLE_PARTS.map((part) => ({
            text: t(`board.people.part.${part}`),
            href: at({ part, page: 1 }),
            current: part === query.part,
          }))}
        />
        <DataTable
          label={t(`board.people.part.${query.part}`)}
          rows={people.slice((query.page - 1) * query.size, query.page * query.size)}
          rowKey={(person) => person.id}
          cards
          empty={<EmptyState title={t('board.people.none')} />}
          columns={[
            {
              key: 'name',
              head: t('board.case.person'),
              kind: 'nowrap',
              cell: (person) => <Link href={`/teachers/${person.id}` as never}>{person.name}</Link>,
            },
            { key: 'no', head: t('board.case.staffNo'), cell: (person) => person.staffNo },
            { key: 'school', head: t('board.case.school'), cell: (person) => person.school },
            { key: 'subject', head: t('board.case.subject'), cell: (person) => label(t, 'subject', person.subject) },
            {
              key: 'backbone',
              head: t('board.case.backbone'),
              cell: (person) => (person.isBackbone ? t('board.yes') : ''),
            },
          ]}
        />
        <TableFoot t={t} total={people.length} page={query.page} size={query.size} href={at} />
      </Screen>
    )
  },
})
