import Link from 'next/link'
import { z } from 'zod'
import { ExportDialog } from '@/app/_domain/export-dialog.tsx'
import { ToImport } from '@/app/_domain/to-import.tsx'
import { definePage } from '@/app/_server/page.tsx'
import { addressOf } from '@/app/_ui/address.ts'
import { PrintButton } from '@/app/_ui/dialog.tsx'
import { ButtonLink, EmptyState, Screen, Tabs } from '@/app/_ui/screen.tsx'
import { type Column, DataTable } from '@/app/_ui/table.tsx'
import { formatCount } from '@/lib/i18n/format.ts'
import { formatTenths } from '@/lib/i18n/tenths.ts'
import type { Translate } from '@/lib/i18n/translate.ts'
import { label } from '@/lib/i18n/vocabulary.ts'
import { listSchools, needTable, type SchoolRow, schoolTies } from '@/lib/register/queries/school-list.ts'
import { teacherQuery } from '@/lib/register/queries/teacher-query.ts'
import { mayUse } from '@/lib/rules/access/permissions.ts'
import { DropAnywhere } from '../imports/_parts/drop-anywhere.tsx'
import { dropLabels } from '../imports/_parts/drop-labels.ts'
import { NeedHeat } from './_parts/need-heat.tsx'
import { Ties } from './_parts/ties.tsx'

const VIEWS = ['list', 'need', 'groups'] as const

export default definePage('register.school.list', {
  query: z.object({
    view: z.enum(VIEWS).catch('list'),
    stage: z.enum(['P', 'J']).catch('P'),
    asOf: teacherQuery.shape.asOf,
  }),
  load: async (tx, { actor, query }) => {
    const on = query.asOf ?? actor.today
    return {
      on,
      rows: query.view === 'list' ? await listSchools(tx, actor, on) : [],
      need: query.view === 'need' && seesNeed(actor.role) ? await needTable(tx, actor, on) : null,
      ties: query.view === 'groups' ? await schoolTies(tx, on) : null,
    }
  },
  view: ({ on, rows, need, ties }, { actor, query, t }) => {
    const views = VIEWS.filter((view) => view !== 'need' || seesNeed(actor.role))
    const at = (change: Record<string, string | undefined>) => addressOf('/schools', { asOf: query.asOf, ...change })
    return (
      <Screen
        title={t('school.list.title')}
        tools={
          <>
            {actor.role === 'bureau_hr' && <ButtonLink href="/imports">{t('import.page.title')}</ButtonLink>}
            {query.view === 'list' && !query.asOf && mayUse(actor, 'register.school.export') && (
              <ExportDialog t={t} area="school" action="/api/schools/export" filter="" />
            )}
            <PrintButton label={t('register.print.button')} />
          </>
        }
        foot={[t('register.print.filledBy'), t('register.print.checkedBy'), on]}
      >
        {actor.role === 'bureau_hr' && <DropAnywhere labels={dropLabels(t)} />}
        <Tabs
          label={t('school.list.title')}
          items={views.map((view) => ({
            text: t(`school.view.${view}`),
            href: at({ view: view === 'list' ? undefined : view }),
            current: view === query.view,
          }))}
        />
        {query.view === 'list' && (
          <>
            <DataTable
              label={t('school.list.title')}
              tall
              cards
              columns={columns(t, rows, query.asOf)}
              rows={rows}
              rowKey={(row) => row.id}
              empty={
                <EmptyState
                  title={t('school.list.none')}
                  text={t('school.list.noneHint')}
                  next={<ToImport t={t} actor={actor} />}
                />
              }
              total={totals(t, rows)}
            />
            <p className="table-foot">{t('school.list.total', { count: formatCount(rows.length) })}</p>
          </>
        )}
        {need && (
          <>
            <p className="small muted" style={{ marginBottom: 8 }}>
              {t('school.need.about', { on })}
            </p>
            <Tabs
              label={t('teacher.field.stage')}
              items={(['P', 'J'] as const).map((stage) => ({
                text: label(t, 'stage', stage),
                href: at({ view: 'need', stage: stage === 'P' ? undefined : stage }),
                current: stage === query.stage,
              }))}
            />
            <NeedHeat t={t} table={need} stage={query.stage} asOf={query.asOf} />
          </>
        )}
        {ties && <Ties t={t} ties={ties} />}
      </Screen>
    )
  },
})

const seesNeed = (role: string) => ['bureau_hr', 'bureau_reviewer', 'principal', 'school_hr'].includes(role)

type Figure = keyof NonNullable<SchoolRow['figures']>
const FIGURES: readonly Figure[] = [
  'pupils',
  'classes',
  'approved',
  'normTenths',
  'actual',
  'staff',
  'byWorkPlace',
  'backbone',
  'out',
  'in',
]

function figureText(row: SchoolRow, figure: Figure): string {
  const value = row.figures?.[figure]
  if (value === null || value === undefined) return '—'
  return figure === 'normTenths' ? formatTenths(value) : formatCount(value)
}

/** A number opens the people behind it, where there are people behind it. */
function peopleHref(row: SchoolRow, figure: Figure, asOf?: string): string | null {
  const filter: Partial<Record<Figure, Record<string, string>>> = {
    actual: { form: 'in' },
    staff: {},
    byWorkPlace: { basis: 'workplace' },
    backbone: { backbone: 'yes' },
    out: { posted: 'out' },
  }
  const asked = filter[figure]
  return asked ? addressOf('/teachers', { school: row.id, ...asked, asOf }) : null
}

function columns(t: Translate, rows: SchoolRow[], asOf?: string): Column<SchoolRow>[] {
  const known: Column<SchoolRow>[] = [
    {
      key: 'name',
      head: t('school.field.name'),
      kind: 'nowrap',
      cell: (row) => <Link href={addressOf(`/schools/${row.id}`, { asOf }) as never}>{row.name}</Link>,
    },
    { key: 'kind', head: t('school.field.kind'), kind: 'nowrap', cell: (row) => label(t, 'schoolKind', row.kind) },
    {
      key: 'locality',
      head: t('school.field.locality'),
      kind: 'nowrap',
      cell: (row) => label(t, 'locality', row.locality),
    },
    { key: 'zone', head: t('school.field.zone'), kind: 'nowrap', cell: (row) => row.zone ?? '—' },
  ]
  if (rows.every((row) => row.figures === null)) return known
  return [
    ...known,
    ...FIGURES.map(
      (figure): Column<SchoolRow> => ({
        key: figure,
        head: t(`school.figure.${figure}`),
        kind: 'num',
        cell: (row) => {
          const href = peopleHref(row, figure, asOf)
          const text = figureText(row, figure)
          return href && row.figures ? <Link href={href as never}>{text}</Link> : text
        },
      }),
    ),
  ]
}

function totals(t: Translate, rows: SchoolRow[]) {
  if (rows.length < 2 || rows.every((row) => row.figures === null)) return undefined
  const sum = (figure: Figure) => rows.reduce((all, row) => all + (row.figures?.[figure] ?? 0), 0)
  return [
    t('school.list.sum'),
    '',
    '',
    '',
    ...FIGURES.map((figure) => (figure === 'normTenths' ? '' : formatCount(sum(figure)))),
  ]
}
