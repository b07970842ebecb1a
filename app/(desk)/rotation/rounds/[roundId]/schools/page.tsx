import Link from 'next/link'
import { z } from 'zod'
import { definePage } from '@/app/_server/page.tsx'
import { EmptyState, Screen } from '@/app/_ui/screen.tsx'
import { DataTable } from '@/app/_ui/table.tsx'
import { formatTenths } from '@/lib/i18n/tenths.ts'
import { label } from '@/lib/i18n/vocabulary.ts'
import { roundById, roundSummary } from '@/lib/rotation/queries/rounds.ts'
import { idSchema, type RoundId } from '@/lib/rules/values/ids.ts'
import { RoundTabs } from '../../../_parts/round-tabs.tsx'

export default definePage('rotation.round.view', {
  params: z.object({ roundId: idSchema<RoundId>() }),
  load: async (tx, { actor, params }) => {
    const round = await roundById(tx, params.roundId)
    const summary = round && (await roundSummary(tx, actor, params.roundId))
    return round ? { round, schools: summary?.schools ?? [] } : null
  },
  view: ({ round, schools }, { actor, t }) => {
    const path = `/rotation/rounds/${round.id}`
    const sum = (key: 'out' | 'in' | 'outChecked' | 'inChecked' | 'places') =>
      schools.reduce((total, line) => total + line[key], 0)
    return (
      <Screen
        title={t('board.schools.title', { round: round.name })}
        crumbs={[
          { text: t('board.rounds.title'), href: '/rotation' },
          { text: round.name, href: path },
        ]}
      >
        <RoundTabs t={t} actor={actor} roundId={round.id} current="schools" />
        <DataTable
          label={t('board.schools.label')}
          rows={schools}
          rowKey={(line) => line.schoolId}
          cards
          empty={<EmptyState title={t('board.schools.none')} />}
          columns={[
            {
              key: 'school',
              head: t('board.case.school'),
              kind: 'nowrap',
              cell: (line) => <Link href={`/schools/${line.schoolId}` as never}>{line.school}</Link>,
            },
            {
              key: 'locality',
              head: t('board.schools.locality'),
              kind: 'nowrap',
              cell: (line) => label(t, 'locality', line.locality),
            },
            {
              key: 'out',
              head: t('board.case.out'),
              kind: 'num',
              cell: (line) => counted(line.out, `${path}?school=${line.schoolId}&side=out`),
            },
            { key: 'outChecked', head: t('board.schools.outChecked'), kind: 'num', cell: (line) => line.outChecked },
            {
              key: 'in',
              head: t('board.case.in'),
              kind: 'num',
              cell: (line) => counted(line.in, `${path}?school=${line.schoolId}&side=in`),
            },
            { key: 'inChecked', head: t('board.schools.inChecked'), kind: 'num', cell: (line) => line.inChecked },
            {
              key: 'places',
              head: t('board.schools.places'),
              kind: 'num',
              cell: (line) => counted(line.places, `${path}/vacancies`),
            },
            {
              key: 'short',
              head: t('board.schools.short'),
              cell: (line) => {
                const stages = new Set(line.subjects.map((cover) => cover.stage)).size
                const short = line.subjects.filter((cover) => cover.haveTenths < cover.needTenths)
                return short.length === 0
                  ? t('board.schools.covered')
                  : short
                      .map(
                        (cover) =>
                          `${stages > 1 ? label(t, 'stage', cover.stage) : ''}${label(t, 'subject', cover.subject)} ${formatTenths(cover.haveTenths - cover.needTenths, true)}`,
                      )
                      .join(t('board.schools.join'))
              },
            },
          ]}
          total={[
            t('board.schools.sum'),
            '',
            sum('out'),
            sum('outChecked'),
            sum('in'),
            sum('inChecked'),
            sum('places'),
            '',
          ]}
        />
      </Screen>
    )
  },
})

/** A number opens its list; nought has none. */
const counted = (count: number, href: string) =>
  count === 0 ? <span className="muted">0</span> : <Link href={href as never}>{count}</Link>
