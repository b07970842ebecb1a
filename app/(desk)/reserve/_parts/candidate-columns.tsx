import Link from 'next/link'
import { State } from '@/app/_ui/screen.tsx'
import type { Column } from '@/app/_ui/table.tsx'
import type { Translate } from '@/lib/i18n/translate.ts'
import type { CandidateRow } from '@/lib/reserve/queries/candidates.ts'
import { ASSIGNED, type CandidateState, ENDED, IN_POOL } from '@/lib/rules/reserve/pipeline.ts'
import type { LocalDate } from '@/lib/rules/values/dates.ts'

export const kindOfState = (state: CandidateState) =>
  ASSIGNED.includes(state) ? 'good' : IN_POOL.includes(state) ? 'wait' : ENDED.includes(state) ? 'off' : 'plain'

/** A school reads name, subject, certificate and placement of those placed there; the rest is the bureau's. */
export function candidateColumns(t: Translate, bureau: boolean, today: LocalDate): Column<CandidateRow>[] {
  const school: Column<CandidateRow>[] = [
    {
      key: 'name',
      head: t('reserve.field.name'),
      kind: 'nowrap',
      cell: (row) => <Link href={`/reserve/${row.id}` as never}>{row.name}</Link>,
    },
    {
      key: 'subject',
      head: t('reserve.field.post'),
      kind: 'nowrap',
      cell: (row) =>
        t('reserve.post', {
          stage: t(`vocabulary.stage.${row.stage}`),
          subject: t(`vocabulary.subject.${row.subject}`),
        }),
    },
  ]
  const certificate: Column<CandidateRow> = {
    key: 'certificate',
    head: t('reserve.field.certificateKind'),
    kind: 'nowrap',
    cell: (row) => (row.certificateKind ? t(`vocabulary.certificateKind.${row.certificateKind}`) : '—'),
  }
  const placement: Column<CandidateRow> = {
    key: 'school',
    head: t('reserve.field.school'),
    cell: (row) =>
      row.school && row.placedFrom ? t('reserve.placedAt', { school: row.school, from: row.placedFrom }) : '—',
  }
  if (!bureau) return [...school, certificate, placement]
  return [
    { key: 'number', head: t('reserve.field.number'), kind: 'nowrap', cell: (row) => row.number },
    ...school,
    {
      key: 'channel',
      head: t('reserve.field.channel'),
      kind: 'nowrap',
      cell: (row) => t(`reserve.channel.${row.channel}`),
    },
    {
      key: 'state',
      head: t('reserve.field.state'),
      kind: 'nowrap',
      cell: (row) => <State kind={kindOfState(row.state)}>{t(`reserve.state.${row.state}`)}</State>,
    },
    { key: 'pooledOn', head: t('reserve.field.pooledOn'), kind: 'nowrap', cell: (row) => row.pooledOn ?? '—' },
    {
      key: 'poolUntil',
      head: t('reserve.field.poolUntil'),
      kind: 'nowrap',
      cell: (row) =>
        row.poolUntil && IN_POOL.includes(row.state) ? (
          row.poolUntil <= today ? (
            <State kind="bad">{t('reserve.ageOver', { until: row.poolUntil })}</State>
          ) : (
            row.poolUntil
          )
        ) : (
          '—'
        ),
    },
    placement,
  ]
}
