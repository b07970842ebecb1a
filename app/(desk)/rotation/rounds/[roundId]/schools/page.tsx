import Link from 'next/link'
import { z } from 'zod'
import { definePage } from '@/app/_server/page.tsx'
import { EmptyState, Screen } from '@/app/_ui/screen.tsx'
import { DataTable } from '@/app/_ui/table.tsx'
import { formatTenths } from '@/lib/i18n/tenths.ts'
import { label } from '@/lib/i18n/vocabulary.ts'
import { roundEquity } from '@/lib/rotation/queries/round-equity.ts'
import { roundQuota } from '@/lib/rotation/queries/round-quota.ts'
import { roundById, roundSummary } from '@/lib/rotation/queries/rounds.ts'
import { mayUse } from '@/lib/rules/access/permissions.ts'
import { idSchema, type RoundId } from '@/lib/rules/values/ids.ts'
import { RoundEquityCard } from '../../../_parts/round-equity-card.tsx'
import { RoundTabs } from '../../../_parts/round-tabs.tsx'

export default definePage('rotation.round.view', {
  params: z.object({ roundId: idSchema<RoundId>() }),
  load: async (tx, { actor, params }) => {
    const round = await roundById(tx, params.roundId)
    const summary = round && (await roundSummary(tx, actor, params.roundId))
    if (!round) return null
    const isBureau = mayUse(actor, 'rotation.round.quota')
    const quota = isBureau ? await roundQuota(tx, params.roundId) : null
    return {
      round,
      schools: summary?.schools ?? [],
      targets: quota?.targets ?? null,
      equity: quota ? await roundEquity(tx, params.roundId) : null,
    }
  },
  view: ({ round, schools, targets, equity }, { actor, t }) => {
    const targetOf = new Map(targets?.flatMap((one) => one.schoolIds.map((id) => [id, one] as const)))
    const asked = targets?.reduce((total, { target }) => total + target, 0)
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
            ...(targets
              ? [
                  {
                    key: 'target',
                    head: t('board.schools.target'),
                    kind: 'num' as const,
                    title: () => 'R-QUOTA-3',
                    cell: (line: (typeof schools)[number]) => {
                      const own = targetOf.get(line.schoolId)
                      if (!own) return '—'
                      return own.pool === null
                        ? own.target
                        : t('board.schools.pooled', { count: own.schoolIds.length, target: own.target })
                    },
                  },
                ]
              : []),
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
              cell: (line) => counted(line.places, `${path}/vacancies?school=${line.schoolId}`),
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
                          `${stages > 1 ? t('board.schools.post', { stage: label(t, 'stage', cover.stage), subject: label(t, 'subject', cover.subject) }) : label(t, 'subject', cover.subject)} ${formatTenths(cover.haveTenths - cover.needTenths, true)}`,
                      )
                      .join(t('board.schools.join'))
              },
            },
          ]}
          total={[
            t('board.schools.sum'),
            '',
            sum('out'),
            ...(targets ? [asked ?? 0] : []),
            sum('outChecked'),
            sum('in'),
            sum('inChecked'),
            sum('places'),
            '',
          ]}
        />
        {targets && <p className="small muted">{t('board.schools.targetNote')}</p>}
        {equity && <RoundEquityCard t={t} equity={equity} />}
      </Screen>
    )
  },
})

/** A number opens its list; nought has none. */
const counted = (count: number, href: string) =>
  count === 0 ? <span className="muted">0</span> : <Link href={href as never}>{count}</Link>
