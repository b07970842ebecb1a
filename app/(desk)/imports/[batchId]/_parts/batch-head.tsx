import Link from 'next/link'
import { ActionForm, SubmitButton, TextArea } from '@/app/_ui/action-form.tsx'
import { DialogButton } from '@/app/_ui/dialog.tsx'
import { Watch } from '@/app/_ui/watch.tsx'
import { formatCount, formatMoment } from '@/lib/i18n/format.ts'
import type { Translate } from '@/lib/i18n/translate.ts'
import { toWrite, UNDO_DAYS } from '@/lib/register/commands/import-batch.ts'
import type { ImportKind } from '@/lib/register/imports/run/entries.ts'
import type { UndoBlock } from '@/lib/register/imports/run/undo-blocks.ts'
import type { BatchRow } from '@/lib/register/queries/imports.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'
import { mayUse } from '@/lib/rules/access/permissions.ts'
import type { Refusal } from '@/lib/rules/values/outcome.ts'
import {
  askUndoAction,
  confirmBatchAction,
  discardBatchAction,
  submitBatchAction,
  undoBatchAction,
} from '../../actions.ts'

interface Props {
  batch: BatchRow
  isBusy: boolean
  /** No school is registered yet: nothing else can be imported. */
  noSchools: boolean
  actor: UserActor
  timeZone: string
  t: Translate
}

/** What is now true of the batch, and the one thing to do next. */
export function BatchHead(props: Props) {
  const { batch, t } = props
  return (
    <div style={{ marginBottom: 12, display: 'grid', gap: 8 }}>
      <Sentence {...props} />
      <Refusals batch={batch} t={t} />
      <Buttons {...props} />
    </div>
  )
}

function Sentence({ batch, isBusy, noSchools, actor, timeZone, t }: Props) {
  const working = ['uploaded', 'reading', 'confirming', 'undoing'].includes(batch.state)
  if (working && (isBusy || batch.createdBy !== actor.userId))
    return (
      <div className="noted" role="status">
        <Watch />
        <p>{t(`import.head.${batch.state}`, { file: batch.fileName })}</p>
        {batch.state === 'reading' || batch.state === 'uploaded' ? (
          <progress value={batch.progress} max={100} aria-label={t(`import.state.${batch.state}`)} />
        ) : (
          <progress aria-label={t(`import.state.${batch.state}`)} />
        )}
        <p className="small">{t('import.head.goesOn')}</p>
      </div>
    )
  if (working) return <p className="warned">{t('import.head.stopped')}</p>
  if (batch.state === 'confirmed')
    return (
      <p className="said">
        {t('import.head.confirmed', {
          count: formatCount(toWrite(batch)),
          days: UNDO_DAYS,
          at: formatMoment(batch.confirmedAt ?? batch.createdAt, timeZone),
        })}{' '}
        {batch.schoolId === null && mayUse(actor, 'rotation.roll.view') && (
          <Link href={NEXT[batch.kind as ImportKind] as never}>{t(`import.next.${batch.kind}`)}</Link>
        )}
      </p>
    )
  if (batch.state === 'undone')
    return (
      <p className="noted">
        {t('import.head.undone', { at: formatMoment(batch.undoneAt ?? batch.createdAt, timeZone) })}
      </p>
    )
  if (batch.state === 'submitted')
    return <p className="noted">{t('import.head.submitted', { by: batch.createdByName })}</p>
  if (batch.state === 'ready' && toWrite(batch) === 0) {
    const refused = (batch.counts as Record<string, number> | null)?.refused ?? 0
    if (refused === 0) return <p className="noted">{t('import.head.nothing')}</p>
    return (
      <p className="warned">
        {noSchools ? t('import.head.noSchools') : t('import.head.allRefused', { count: formatCount(refused) })}{' '}
        {noSchools && <Link href="/imports">{t('import.page.open')}</Link>}
      </p>
    )
  }
  return null
}

/** Where the road goes on after a workbook of this kind. */
const NEXT: Record<ImportKind, string> = {
  schools: '/imports',
  roster: '/imports',
  registers: '/rotation/roll',
  studios: '/talent',
  reserve: '/reserve',
}

function Refusals({ batch, t }: { batch: BatchRow; t: Translate }) {
  if (!batch.refusal) return null
  if (Array.isArray(batch.refusal))
    return (
      <div className="refused" role="alert">
        {(batch.refusal as Refusal[]).map((refusal) => (
          <p key={refusal.code}>{t(refusal.code, refusal.values)}</p>
        ))}
      </div>
    )
  const { blocks } = batch.refusal as { blocks: UndoBlock[] }
  return (
    <div className="refused" role="alert">
      <p>{t('import.undo.blocked', { count: blocks.length })}</p>
      <ul>
        {blocks.slice(0, 50).map((block) => (
          <li key={`${block.why} ${block.table} ${block.entityId}`}>
            {block.why === 'used'
              ? t('import.undo.used', { thing: t(`import.table.${block.table}`), count: block.count })
              : t('import.undo.edited', {
                  name: block.label || '—',
                  thing: t(`import.table.${block.table}`),
                  by: block.by || '—',
                })}
          </li>
        ))}
      </ul>
    </div>
  )
}

function Buttons({ batch, isBusy, actor, t }: Props) {
  const hidden = { batchId: batch.id }
  const own = batch.createdBy === actor.userId
  const isHr = actor.role === 'bureau_hr'
  const count = toWrite(batch)
  const stuck = own && !isBusy
  const mayConfirm =
    isHr &&
    count > 0 &&
    ((batch.state === 'ready' && own) || batch.state === 'submitted' || (batch.state === 'confirming' && stuck))
  const mayDiscard =
    ['uploaded', 'ready', 'refused', 'submitted'].includes(batch.state) && (own || batch.schoolId !== null) && !isBusy
  const unit = t(`import.unit.${batch.kind}`, { count: formatCount(count) })
  return (
    <div className="actions">
      {mayConfirm && (
        <ActionForm action={confirmBatchAction} hidden={{ ...hidden, count }} className="actions">
          <SubmitButton>
            {t(batch.state === 'submitted' ? 'import.button.check' : 'import.button.confirm', { what: unit })}
          </SubmitButton>
        </ActionForm>
      )}
      {!isHr && batch.state === 'ready' && own && count > 0 && (
        <ActionForm action={submitBatchAction} hidden={hidden} className="actions">
          <SubmitButton>{t('import.button.submit', { what: unit })}</SubmitButton>
        </ActionForm>
      )}
      {isHr && batch.state === 'confirmed' && own && (
        <DialogButton
          label={t('import.button.undo')}
          title={t('import.undo.title')}
          close={t('platform.close')}
          kind="danger"
        >
          <ActionForm action={undoBatchAction} hidden={hidden} closeDialog>
            <p>{t('import.undo.effect', { file: batch.fileName, count: formatCount(count) })}</p>
            <SubmitButton kind="danger">{t('import.button.undo')}</SubmitButton>
          </ActionForm>
        </DialogButton>
      )}
      {isHr && batch.state === 'undoing' && stuck && (
        <ActionForm action={undoBatchAction} hidden={hidden} className="actions">
          <SubmitButton kind="danger">{t('import.button.undo')}</SubmitButton>
        </ActionForm>
      )}
      {isHr && batch.state === 'confirmed' && !own && (
        <DialogButton
          label={t('import.button.askUndo')}
          title={t('import.undo.title')}
          close={t('platform.close')}
          kind="danger"
        >
          <ActionForm action={askUndoAction} hidden={hidden}>
            <p>{t('import.undo.needsTwo', { by: batch.createdByName })}</p>
            <TextArea name="reason" label={t('import.undo.reason')} required maxLength={500} />
            <SubmitButton kind="danger">{t('import.button.askUndo')}</SubmitButton>
          </ActionForm>
        </DialogButton>
      )}
      {batch.annotatedFileId && (
        <a className="button" href={`/api/imports/${batch.id}/annotated`} download>
          {t('import.button.annotated')}
        </a>
      )}
      {mayDiscard && (
        <ActionForm action={discardBatchAction} hidden={hidden} className="actions">
          <SubmitButton kind="plain">{t('import.button.discard')}</SubmitButton>
        </ActionForm>
      )}
    </div>
  )
}
