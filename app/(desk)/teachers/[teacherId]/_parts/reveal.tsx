'use client'
import { useActionState, useId, useRef } from 'react'
import type { ActionState } from '@/app/_server/action.ts'
import { revealSecretAction } from '../actions.ts'

const untouched: ActionState = { status: 'idle', refusals: [], at: 0 }

interface Labels {
  open: string
  title: string
  about: string
  kind: string
  reason: string
  submit: string
  close: string
}

/** Shows one sensitive value once, after a reason; closing the dialog forgets it. */
export function Reveal({
  teacherId,
  field,
  kinds,
  labels,
}: {
  teacherId: string
  field: string
  kinds: { value: string; text: string }[]
  labels: Labels
}) {
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  const [state, submit, pending] = useActionState(revealSecretAction, untouched)
  const value = state.status === 'done' ? (state.value as { value: string }).value : null
  return (
    <>
      <button type="button" className="button link" onClick={() => dialog.current?.showModal()}>
        {labels.open}
      </button>
      <dialog ref={dialog} aria-labelledby={`${id}-title`}>
        <h2 id={`${id}-title`} style={{ fontSize: 16, marginBottom: 10 }}>
          {labels.title}
        </h2>
        <form action={submit} className="form">
          <input type="hidden" name="teacherId" value={teacherId} />
          <input type="hidden" name="field" value={field} />
          <p className="small muted">{labels.about}</p>
          {state.refusals.map((refusal) => (
            <p key={refusal.code} className="refused" role="alert">
              {refusal.text}
            </p>
          ))}
          {value !== null && (
            <output className="said" style={{ fontSize: 18, fontVariantNumeric: 'tabular-nums' }}>
              {value}
            </output>
          )}
          <div className="field">
            <label htmlFor={`${id}-kind`}>{labels.kind}</label>
            <select id={`${id}-kind`} name="reasonKind" required>
              {kinds.map((kind) => (
                <option key={kind.value} value={kind.value}>
                  {kind.text}
                </option>
              ))}
            </select>
          </div>
          <div className="field">
            <label htmlFor={`${id}-reason`}>{labels.reason}</label>
            <input id={`${id}-reason`} name="reason" required minLength={2} maxLength={200} autoComplete="off" />
          </div>
          <div className="actions">
            <button type="submit" className="button primary" disabled={pending}>
              {labels.submit}
            </button>
            <button type="button" className="button" onClick={() => dialog.current?.close()}>
              {labels.close}
            </button>
          </div>
        </form>
      </dialog>
    </>
  )
}
