import { ActionForm, SelectField, SubmitButton, TextField } from '@/app/_ui/action-form.tsx'
import type { Translate } from '@/lib/i18n/translate.ts'
import type { Understanding } from '@/lib/register/imports/run/batch.ts'
import { columnChoices } from '@/lib/register/imports/run/column-choices.ts'
import { IMPORT_KINDS, type ImportKind } from '@/lib/register/imports/run/entries.ts'
import { fieldText } from '@/lib/register/queries/cell-words.ts'
import type { BatchRow } from '@/lib/register/queries/imports.ts'
import { remapBatchAction } from '../../actions.ts'

/** What was understood: sheets, header rows, columns; a menu for each column that nobody has named yet. */
export function Understood({
  batch,
  understanding,
  today,
  t,
}: {
  batch: BatchRow
  understanding: Understanding
  today: string
  t: Translate
}) {
  const { sheets, skipped, notes } = understanding
  const open = sheets.flatMap(({ sheet, columns }) =>
    columns.filter(({ field }) => field === null).map((column) => ({ sheet, ...column })),
  )
  const settled = (sheet: string, letter: string) => understanding.override.byColumn?.[sheet]?.[letter] !== undefined
  const undecided = open.filter(({ sheet, letter }) => !settled(sheet, letter))
  const fields = columnChoices(batch.kind as ImportKind)
  return (
    <details className="card" open={batch.state === 'refused' || undecided.length > 0 || notes.length > 0}>
      <summary>
        <strong>{t('import.understood.title')}</strong>{' '}
        {sheets
          .map(({ sheet, headerTop, headerBottom, columns }) =>
            t('import.understood.sheet', {
              sheet,
              rows: headerTop === headerBottom ? `${headerTop}` : `${headerTop}–${headerBottom}`,
              known: columns.filter(({ field }) => field !== null).length,
              all: columns.length,
            }),
          )
          .join(t('import.row.separator'))}
        {batch.statisticsDate && ` ${t('import.understood.on', { on: batch.statisticsDate })}`}
      </summary>
      {notes.map((note) => (
        <p
          key={`${note.code} ${note.sheet} ${note.field}`}
          className={note.severity === 'error' ? 'refused' : 'warned'}
        >
          {t(`import.finding.${note.code}`, {
            ...note.values,
            original: note.original,
            mended: note.mended ?? '',
            field: fieldText(t, note.field ?? ''),
          })}
        </p>
      ))}
      {Object.keys(skipped).length > 0 && (
        <p className="small muted">
          {Object.entries(skipped)
            .map(([reason, count]) => t('import.understood.skipped', { reason: t(`import.skipped.${reason}`), count }))
            .join(t('import.row.separator'))}
        </p>
      )}
      <ActionForm action={remapBatchAction} hidden={{ batchId: batch.id }}>
        {open.map(({ sheet, letter, title, samples }) => (
          <SelectField
            key={`${sheet} ${letter}`}
            name="columns"
            label={t('import.understood.column', { letter, title: title || '—' })}
            hint={t('import.understood.samples', { samples: samples.join(t('import.row.separator')) || '—' })}
            defaultValue={settled(sheet, letter) ? `${sheet}|${letter}|` : ''}
            blank={t('import.understood.undecided')}
            options={[
              { value: `${sheet}|${letter}|`, text: t('import.understood.leaveOut') },
              ...fields.map((field) => ({ value: `${sheet}|${letter}|${field}`, text: fieldText(t, field) })),
            ]}
          />
        ))}
        <div className="row">
          <SelectField
            name="kind"
            label={t('import.page.kind')}
            defaultValue={batch.kind}
            options={IMPORT_KINDS.map((kind) => ({ value: kind, text: t(`import.kind.${kind}`) }))}
          />
          <TextField
            name="on"
            type="date"
            label={t('import.understood.day')}
            hint={t('import.understood.dayHint')}
            required
            defaultValue={batch.statisticsDate ?? today}
          />
        </div>
        <div className="actions">
          <SubmitButton kind="plain">{t('import.button.again')}</SubmitButton>
        </div>
      </ActionForm>
    </details>
  )
}
