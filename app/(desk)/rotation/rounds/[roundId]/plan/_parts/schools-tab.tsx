import Link from 'next/link'
import { DataTable } from '@/app/_ui/table.tsx'
import { formatCount } from '@/lib/i18n/format.ts'
import type { Translate } from '@/lib/i18n/translate.ts'
import type { ScenarioView } from '@/lib/rotation/queries/scenario-view.ts'

const per100 = (count: number, pupils: number) => (pupils === 0 ? '—' : ((count * 100) / pupils).toFixed(2))

/** What the plan does to each school: heads, shortage and backbone per 100 pupils, before and after. */
export function SchoolsTab({ t, view, path }: { t: Translate; view: ScenarioView; path: string }) {
  const rows = view.effects.schools
  const units = (school: string) => view.effects.units.filter((unit) => unit.school === school)
  const sum = (pick: (row: (typeof rows)[number]) => number) =>
    formatCount(rows.reduce((all, row) => all + pick(row), 0))
  return (
    <DataTable
      label={t('plan.schools.heading')}
      rows={rows}
      rowKey={(row) => row.school}
      columns={[
        {
          key: 'school',
          head: t('plan.moves.school'),
          kind: 'nowrap',
          cell: (row) => {
            const place = view.place(row.school)
            return place.id ? (
              <Link href={`${path}?tab=moves&school=${row.school}` as never}>{place.name}</Link>
            ) : (
              place.name
            )
          },
        },
        {
          key: 'staff',
          head: t('plan.schools.staff'),
          kind: 'num',
          cell: (row) => `${row.staff} → ${row.staff + row.in - row.out}`,
        },
        { key: 'out', head: t('plan.schools.out'), kind: 'num', cell: (row) => row.out },
        { key: 'in', head: t('plan.schools.in'), kind: 'num', cell: (row) => row.in },
        { key: 'target', head: t('plan.schools.target'), kind: 'num', cell: (row) => row.sendTarget },
        {
          key: 'shortage',
          head: t('plan.schools.shortage'),
          kind: 'num',
          cell: (row) => `${row.shortage} → ${row.shortageAfter}`,
        },
        {
          key: 'backbone',
          head: t('plan.schools.backbone'),
          kind: 'num',
          cell: (row) => (row.backboneOut + row.backboneIn === 0 ? '—' : `−${row.backboneOut} +${row.backboneIn}`),
        },
        ...(['P', 'J'] as const).map((stage) => ({
          key: stage,
          head: t('plan.schools.per100', { stage: t(`vocabulary.stage.${stage}`) }),
          kind: 'num' as const,
          cell: (row: (typeof rows)[number]) => {
            const unit = units(row.school).find((one) => one.stage === stage)
            return unit ? `${per100(unit.backbone, unit.pupils)} → ${per100(unit.backboneAfter, unit.pupils)}` : '—'
          },
        })),
      ]}
      total={[
        t('plan.schools.total'),
        sum(({ staff }) => staff),
        sum(({ out }) => out),
        sum((row) => row.in),
        sum(({ sendTarget }) => sendTarget),
        `${sum(({ shortage }) => shortage)} → ${sum(({ shortageAfter }) => shortageAfter)}`,
        '',
        '',
        '',
      ]}
      compact
      empty={null}
    />
  )
}
