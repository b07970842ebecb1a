'use client'
import { type ReactNode, useId, useRef } from 'react'

/** A button that opens a dialog, the platform's own: focus, Esc and the backdrop are the browser's work. */
export function DialogButton({
  label,
  title,
  kind,
  close,
  children,
}: {
  label: ReactNode
  title: string
  kind?: 'primary' | 'danger' | 'link'
  close: string
  children: ReactNode
}) {
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  return (
    <>
      <button type="button" className={kind ? `button ${kind}` : 'button'} onClick={() => dialog.current?.showModal()}>
        {label}
      </button>
      <dialog ref={dialog} aria-labelledby={id}>
        <h2 id={id} style={{ fontSize: 16, marginBottom: 10 }}>
          {title}
        </h2>
        {children}
        <form method="dialog" style={{ marginTop: 10 }}>
          <button className="button" type="submit">
            {close}
          </button>
        </form>
      </dialog>
    </>
  )
}

export function PrintButton({ label }: { label: string }) {
  return (
    <button type="button" className="button" onClick={() => window.print()}>
      {label}
    </button>
  )
}

/** Puts a text on the clipboard and says so. */
export function CopyButton({ text, label, copied }: { text: string; label: string; copied: string }) {
  const said = useRef<HTMLOutputElement>(null)
  return (
    <span>
      <button
        type="button"
        className="button"
        onClick={async () => {
          await navigator.clipboard.writeText(text)
          if (said.current) said.current.textContent = copied
        }}
      >
        {label}
      </button>{' '}
      <output ref={said} className="small muted" />
    </span>
  )
}
