import { ActionForm, SubmitButton } from '@/app/_ui/action-form.tsx'
import { Card } from '@/app/_ui/screen.tsx'
import { formatCount } from '@/lib/i18n/format.ts'
import type { Translate } from '@/lib/i18n/translate.ts'
import type { findCollection, OwnRow, PageCell } from '@/lib/register/queries/collections.ts'
import type { TeacherId } from '@/lib/rules/values/ids.ts'
import { Upload } from '../../../imports/_parts/upload.tsx'
import { uploadLabels } from '../../../imports/_parts/upload-labels.ts'
import { checkPartAction, confirmPartAction } from '../../actions.ts'
import { OwnRows } from './own-rows.tsx'
import { PartState } from './part-state.tsx'

type Found = NonNullable<Awaited<ReturnType<typeof findCollection>>>

/** A school's own part: its rows to check or edit, the workbook as the other way, and the word of its head. */
export function OwnPart({
  task,
  part,
  rows,
  cells,
  late,
  role,
  t,
}: {
  task: Found['task']
  part: Found['parts'][number]
  rows: OwnRow[]
  cells: Map<TeacherId, PageCell[]>
  late: boolean
  role: string
  t: Translate
}) {
  const hidden = { collectionId: task.id, schoolId: part.schoolId }
  const mayCheck = role === 'school_hr' && part.state !== 'confirmed' && !task.closedAt
  const open = [...cells.values()].flat().filter(({ isHandedIn }) => !isHandedIn).length
  return (
    <>
      <div className="card">
        <p>
          <strong>{part.name}</strong> <PartState part={part} late={late} t={t} />
        </p>
        {mayCheck && (
          <p className="small muted">
            {open > 0 ? t('collection.cell.count', { count: formatCount(open) }) : t('collection.cell.hint')}
          </p>
        )}
        <div className="actions">
          {mayCheck && (
            <ActionForm action={checkPartAction} hidden={hidden} className="actions">
              <SubmitButton>{t('collection.check', { count: formatCount(rows.length) })}</SubmitButton>
            </ActionForm>
          )}
          {role === 'principal' && part.state === 'checked' && !task.closedAt && (
            <ActionForm action={confirmPartAction} hidden={hidden} className="actions">
              <SubmitButton>{t('collection.confirm', { count: formatCount(rows.length) })}</SubmitButton>
            </ActionForm>
          )}
          {role === 'school_hr' && (
            <a className="button" href={`/api/collections/${task.id}/${part.schoolId}`} download>
              {t('collection.download')}
            </a>
          )}
        </div>
      </div>
      <OwnRows {...{ task, part, rows, cells, mayEdit: mayCheck, t }} />
      {mayCheck && (
        <Card title={t('collection.back')}>
          <Upload labels={uploadLabels(t)} collection={task.id} fixed />
          <p className="small muted">{t('collection.backHint')}</p>
        </Card>
      )}
    </>
  )
}
