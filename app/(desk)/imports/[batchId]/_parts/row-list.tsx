import Link from 'next/link'
import { ActionForm, SelectField, SubmitButton, TextField } from '@/app/_ui/action-form.tsx'
import { addressOf } from '@/app/_ui/address.ts'
import { QueryForm, QueryText } from '@/app/_ui/query-form.tsx'
import { EmptyState } from '@/app/_ui/screen.tsx'
import { type Column, DataTable, TableFoot } from '@/app/_ui/table.tsx'
import { formatCount } from '@/lib/i18n/format.ts'
import type { Translate } from '@/lib/i18n/translate.ts'
import type { Finding } from '@/lib/platform/workbook/finding.ts'
import type { Choices } from '@/lib/register/imports/run/apply.ts'
import type { ImportKind } from '@/lib/register/imports/run/entries.ts'
import { LEAVING_OF } from '@/lib/register/imports/run/leaving.ts'
import { isPageBatch, type NotedChange } from '@/lib/register/imports/run/page-batch.ts'
import { fieldText, valueText } from '@/lib/register/queries/cell-words.ts'
import type { BatchRow, ImportRow, RowPart } from '@/lib/register/queries/imports.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'
import { chooseConflictsAction, chooseMissingAction } from '../../actions.ts'
import { TakeBox } from './take-box.tsx'

interface Props {
  batch: BatchRow
  choices: Choices
  part: RowPart
  query: { page: number; size: number; who?: string }
  list: { rows: ImportRow[]; total: number }
  actor: UserActor
  t: Translate
}

/** The rows behind a number, with the cell a person knows, old → new, and what is to be chosen. */
export function RowList(props: Props) {
  const { batch, part, query, list, actor, t } = props
  const path = `/imports/${batch.id}`
  const chooses = actor.role === 'bureau_hr' && ['ready', 'submitted'].includes(batch.state)
  const table = <RowTable {...props} chooses={chooses} />
  return (
    <>
      <QueryForm t={t} path={path} keep={{ part, size: query.size }}>
        <QueryText name="who" label={t('import.row.who')} value={query.who} />
      </QueryForm>
      {chooses && part === 'conflict' ? (
        <ActionForm action={chooseConflictsAction} hidden={{ batchId: batch.id }} className="">
          {list.rows.map((row) => (
            <input key={`${row.sheet}:${row.row}`} type="hidden" name="shown" value={`${row.sheet}:${row.row}`} />
          ))}
          {table}
          <div className="actions" style={{ marginTop: 8 }}>
            <SubmitButton>{t('import.button.choose')}</SubmitButton>
          </div>
        </ActionForm>
      ) : chooses && part === 'missing' ? (
        <ActionForm action={chooseMissingAction} hidden={{ batchId: batch.id }} className="">
          {table}
          <div className="form row" style={{ marginTop: 8, flexDirection: 'row', alignItems: 'flex-end' }}>
            <SelectField
              name="reason"
              label={t('import.missing.reason')}
              defaultValue="stay"
              options={[
                { value: 'stay', text: t('import.missing.stay') },
                ...LEAVING_OF[batch.kind as ImportKind].map((reason) => ({
                  value: reason,
                  text: leavingText(t, reason),
                })),
              ]}
            />
            <TextField name="on" type="date" label={t('import.missing.on')} defaultValue={batch.statisticsDate ?? ''} />
            <SubmitButton>{t('import.missing.apply')}</SubmitButton>
          </div>
        </ActionForm>
      ) : (
        table
      )}
      <TableFoot
        t={t}
        total={list.total}
        page={query.page}
        size={query.size}
        summary={t('import.row.total', { count: formatCount(list.total) })}
        href={(change) => addressOf(path, { part, ...query, ...change })}
      />
    </>
  )
}

const leavingText = (t: Translate, reason: string): string =>
  t.has(`import.ending.${reason}`) ? t(`import.ending.${reason}`) : t(`vocabulary.status.${reason}`)

function RowTable({ batch, choices, part, list, chooses, t }: Props & { chooses: boolean }) {
  const columns: Column<ImportRow>[] = [
    {
      key: 'who',
      head: t('import.row.who'),
      kind: 'nowrap',
      cell: (row) =>
        row.teacherId ? <Link href={`/teachers/${row.teacherId}` as never}>{row.label}</Link> : row.label || '—',
    },
    { key: 'school', head: t('import.field.school'), cell: (row) => row.schoolName ?? '—' },
  ]
  if (part !== 'missing' && !isPageBatch(batch))
    columns.unshift({
      key: 'row',
      head: t('import.row.where'),
      kind: 'nowrap',
      cell: (row) => t('import.row.at', { sheet: row.sheet, row: formatCount(row.row) }),
    })
  if (['changed', 'conflict'].includes(part))
    columns.push({
      key: 'changes',
      head: t('import.row.changes'),
      cell: (row) => <Changes {...{ batch, row, choices, chooses, t }} />,
    })
  if (part === 'missing')
    columns.push({
      key: 'choice',
      head: t('import.missing.choice'),
      cell: (row) => {
        const choice = choices.missing[row.row]
        return choice
          ? t('import.missing.left', { on: choice.on, reason: leavingText(t, choice.reason) })
          : t('import.missing.stay')
      },
    })
  else
    columns.push({ key: 'findings', head: t('import.row.findings'), cell: (row) => <Findings {...{ row, part, t }} /> })
  return (
    <DataTable
      label={t(`import.part.${part}`)}
      rows={list.rows}
      rowKey={(row) => `${row.sheet}:${row.row}`}
      columns={columns}
      cards
      empty={<EmptyState title={t('import.row.none')} />}
      lead={
        part === 'missing' && chooses
          ? {
              head: '',
              cell: (row) => (
                <input
                  type="checkbox"
                  name="rows"
                  value={row.row}
                  aria-label={t('import.row.choose', { name: row.label })}
                />
              ),
            }
          : undefined
      }
    />
  )
}

function Changes({
  batch,
  row,
  choices,
  chooses,
  t,
}: {
  batch: BatchRow
  row: ImportRow
  choices: Choices
  chooses: boolean
  t: Translate
}) {
  const key = `${row.sheet}:${row.row}`
  const taken = choices.conflicts[key] ?? []
  const settled = ['confirming', 'confirmed', 'undoing', 'undone'].includes(batch.state)
  return (
    <ul>
      {row.changes.map((change) => {
        const { field, conflict, sensitive, why, by } = change as NotedChange
        const text = sensitive
          ? t('import.row.hidden', { field: fieldText(t, field) })
          : t(field === 'honours' || field === 'certificates' ? 'import.row.adds' : 'import.row.change', {
              field: fieldText(t, field),
              old: valueText(t, batch.kind, field, change.old),
              new: valueText(t, batch.kind, field, change.new),
            })
        return (
          <li key={field}>
            {conflict && chooses ? (
              <TakeBox value={`${key}|${field}`} defaultChecked={taken.includes(field)}>
                {text}{' '}
                <span className="small muted">
                  {t(field === 'honoursEnded' ? 'import.row.leftOut' : 'import.row.conflict')}
                </span>
              </TakeBox>
            ) : (
              text
            )}
            {conflict && !chooses && settled && (
              <span className="small muted">
                {' '}
                {t(
                  taken.includes(field)
                    ? 'import.row.took'
                    : `import.row.${field === 'honoursEnded' ? 'keptHonour' : 'kept'}`,
                )}
              </span>
            )}
            {why && by && <span className="small muted"> {t('import.row.note', { why, by })}</span>}
          </li>
        )
      })}
    </ul>
  )
}

function Findings({ row, part, t }: { row: ImportRow; part: RowPart; t: Translate }) {
  const all = row.findings as Finding[]
  const shown =
    part === 'mended' || part === 'warning'
      ? all.filter(({ severity }) => severity === part)
      : all.filter(({ severity }) => severity !== 'mended')
  return (
    <ul>
      {shown.map((finding) => (
        <li key={`${finding.column} ${finding.code}`}>
          {finding.column && (
            <span className="nowrap muted">{t('import.row.column', { column: finding.column })} </span>
          )}
          {t(`import.finding.${finding.code}`, {
            ...finding.values,
            original: finding.original || '…',
            mended: finding.mended ?? '',
            field: fieldText(t, finding.field ?? ''),
          })}
        </li>
      ))}
    </ul>
  )
}
