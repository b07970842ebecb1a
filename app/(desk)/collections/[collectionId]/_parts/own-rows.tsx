import { EmptyState } from '@/app/_ui/screen.tsx'
import { DataTable } from '@/app/_ui/table.tsx'
import type { Translate } from '@/lib/i18n/translate.ts'
import { fieldText, valueText } from '@/lib/register/queries/cell-words.ts'
import type { CollectionColumn, OwnRow, PageCell } from '@/lib/register/queries/collections.ts'
import type { TeacherId } from '@/lib/rules/values/ids.ts'
import { cellKind } from './cell-kinds.ts'
import { EditCell } from './edit-cell.tsx'

/** Whoever only reads them looks at what has changed first. */
const changedFirst = (rows: OwnRow[], cells: Map<TeacherId, PageCell[]>): OwnRow[] =>
  [true, false].flatMap((changed) => rows.filter(({ teacherId }) => cells.has(teacherId) === changed))

/** The school's people with the columns asked for; a cell opens where it stands. */
export function OwnRows({
  task,
  part,
  rows,
  cells,
  mayEdit,
  t,
}: {
  task: { id: string; columns: readonly string[] }
  part: { schoolId: string; name: string }
  rows: OwnRow[]
  cells: Map<TeacherId, PageCell[]>
  mayEdit: boolean
  t: Translate
}) {
  const text = (column: string, value: unknown) =>
    value === null || value === undefined ? '—' : valueText(t, 'roster', column, value)
  const cell = (row: OwnRow, column: CollectionColumn) => {
    const shown = text(column, row.values[column])
    const change = cells.get(row.teacherId)?.find(({ field }) => field === column)
    const note = change?.why ? t('collection.cell.by', { by: change.by ?? '', why: change.why }) : ''
    const edited = change
      ? {
          text: text(column, change.new),
          old: t('collection.cell.old', { value: text(column, change.old) }),
          note: change.isHandedIn ? `${note} · ${t('collection.cell.waiting')}` : note,
        }
      : null
    if (!mayEdit)
      return edited ? (
        <span>
          <strong>{edited.text}</strong> <span className="small muted">{`${edited.old} ${edited.note}`}</span>
        </span>
      ) : (
        shown
      )
    const field = fieldText(t, column)
    const was = JSON.stringify(row.values[column] ?? null)
    return (
      <EditCell
        hidden={{ collectionId: task.id, schoolId: part.schoolId, teacherId: row.teacherId, field: column, was }}
        shown={shown}
        edited={edited}
        cell={cellKind(t, column)}
        labels={{
          edit: t('collection.cell.edit', { name: String(row.values.name), field, value: edited?.text ?? shown }),
          value: t('collection.cell.value'),
          reason: t('collection.cell.reason'),
          reasonHint: t('collection.cell.reasonHint'),
          save: t('collection.cell.save'),
          cancel: t('collection.cell.cancel'),
          pick: t('collection.cell.pick'),
        }}
      />
    )
  }
  return (
    <DataTable
      label={part.name}
      rows={mayEdit ? rows : changedFirst(rows, cells)}
      rowKey={(row) => row.teacherId}
      compact
      cards
      empty={<EmptyState title={t('import.row.none')} />}
      columns={[
        { key: 'name', head: fieldText(t, 'name'), kind: 'nowrap', cell: (row: OwnRow) => String(row.values.name) },
        ...(task.columns as CollectionColumn[]).map((column) => ({
          key: column,
          head: fieldText(t, column),
          cell: (row: OwnRow) => cell(row, column),
        })),
      ]}
    />
  )
}
