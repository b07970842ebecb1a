'use client'
import { useEffect, useRef, useState } from 'react'
import { ActionForm, SubmitButton } from '@/app/_ui/action-form.tsx'
import { saveCellAction } from '../../actions.ts'

/** What a cell can be set to: a term of a list, a month, a number, or words. */
export type CellKind = { kind: 'choice'; options: string[] } | { kind: 'month' | 'number' | 'text' }

export interface EditLabels {
  /** Names the cell for those who hear the page. */
  edit: string
  value: string
  reason: string
  reasonHint: string
  save: string
  cancel: string
  pick: string
}

interface Props {
  hidden: { collectionId: string; schoolId: string; teacherId: string; field: string; was: string }
  shown: string
  /** Edited before: what it will be, what it was, who and why. */
  edited: { text: string; old: string; note: string } | null
  cell: CellKind
  labels: EditLabels
}

/** A cell that opens where it stands; what was typed stays when it is refused. */
export function EditCell({ hidden, shown, edited, cell, labels }: Props) {
  const [isOpen, setOpen] = useState(false)
  const key = edited?.text ?? shown
  // Saved: the page comes back with another value, and the cell closes
  // biome-ignore lint/correctness/useExhaustiveDependencies: closes when the value shown is another one
  useEffect(() => setOpen(false), [key])
  if (!isOpen)
    return (
      <button type="button" className="cell-button" aria-label={labels.edit} onClick={() => setOpen(true)}>
        {edited ? (
          <>
            <strong>{edited.text}</strong>
            <span className="small muted">
              {' '}
              {edited.old}
              <br />
              {edited.note}
            </span>
          </>
        ) : (
          shown
        )}
      </button>
    )
  return (
    <ActionForm action={saveCellAction} hidden={hidden} className="cell-form">
      <Value cell={cell} label={labels.value} pick={labels.pick} start={edited?.text ?? (shown === '—' ? '' : shown)} />
      <input name="reason" aria-label={labels.reason} placeholder={labels.reasonHint} required maxLength={200} />
      <span className="actions">
        <SubmitButton>{labels.save}</SubmitButton>
        <button type="button" className="button" onClick={() => setOpen(false)}>
          {labels.cancel}
        </button>
      </span>
    </ActionForm>
  )
}

function Value({ cell, label, pick, start }: { cell: CellKind; label: string; pick: string; start: string }) {
  const first = useRef<HTMLInputElement & HTMLSelectElement>(null)
  useEffect(() => first.current?.focus(), [])
  const own = { ref: first, name: 'value', 'aria-label': label, required: true }
  if (cell.kind === 'choice')
    return (
      <select {...own} defaultValue={cell.options.includes(start) ? start : ''}>
        <option value="" disabled>
          {pick}
        </option>
        {cell.options.map((option) => (
          <option key={option}>{option}</option>
        ))}
      </select>
    )
  if (cell.kind === 'month') return <input {...own} type="month" defaultValue={start} />
  return (
    <input {...own} inputMode={cell.kind === 'number' ? 'numeric' : undefined} defaultValue={start} maxLength={500} />
  )
}
