import Link from 'next/link'
import { CaseStateWord } from '@/app/_domain/case-state.tsx'
import { State } from '@/app/_ui/screen.tsx'
import type { Column } from '@/app/_ui/table.tsx'
import type { Translate } from '@/lib/i18n/translate.ts'
import { label } from '@/lib/i18n/vocabulary.ts'
import type { CaseListRow } from '@/lib/rotation/queries/cases.ts'

/** Columns of a list of cases; a person is always name, school and subject. */
export function caseColumns(t: Translate, today: string, href: (row: CaseListRow) => string): Column<CaseListRow>[] {
  return [
    { key: 'number', head: t('board.case.number'), kind: 'num', sort: 'number', cell: (row) => row.number },
    {
      key: 'name',
      head: t('board.case.person'),
      sort: 'name',
      kind: 'nowrap',
      cell: (row) => <Link href={href(row) as never}>{row.name || t('board.case.hidden')}</Link>,
    },
    { key: 'subject', head: t('board.case.subject'), kind: 'nowrap', cell: (row) => label(t, 'subject', row.subject) },
    {
      key: 'from',
      head: t('board.case.from'),
      sort: 'from',
      kind: 'clip',
      title: (row) => row.fromSchool,
      cell: (row) => row.fromSchool,
    },
    {
      key: 'to',
      head: t('board.case.to'),
      sort: 'to',
      kind: 'clip',
      title: (row) => row.toSchool ?? undefined,
      cell: (row) => row.toSchool ?? <State kind="wait">{t('board.case.noDestination')}</State>,
    },
    {
      key: 'state',
      head: t('board.case.state'),
      sort: 'state',
      kind: 'nowrap',
      cell: (row) => <CaseStateWord t={t} state={row.state} />,
    },
    {
      key: 'due',
      head: t('board.case.due'),
      sort: 'due',
      kind: 'nowrap',
      cell: (row) =>
        row.dueOn === null ? (
          ''
        ) : row.dueOn < today ? (
          <State kind="bad">{t('board.case.late', { day: row.dueOn })}</State>
        ) : (
          row.dueOn
        ),
    },
    { key: 'form', head: t('board.case.form'), kind: 'nowrap', cell: (row) => label(t, 'rotationForm', row.form) },
    { key: 'backbone', head: t('board.case.backbone'), cell: (row) => (row.isBackbone ? t('board.yes') : '') },
  ]
}
