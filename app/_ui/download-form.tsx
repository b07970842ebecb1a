'use client'
import { type FormEvent, type ReactNode, useState } from 'react'

/**
 * A form that answers with a file. Sent by script: a plain form post carries no origin under our referrer policy, and a
 * refusal can be said beside the form. Closes its dialog when the file has come.
 */
export function DownloadForm({ action, children, failed }: { action: string; children: ReactNode; failed: string }) {
  const [problem, setProblem] = useState('')
  const [busy, setBusy] = useState(false)
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    setBusy(true)
    setProblem('')
    const answer = await fetch(action, { method: 'POST', body: new FormData(form) }).catch((error: Error) => error)
    setBusy(false)
    if (answer instanceof Error || !answer.ok) {
      setProblem(answer instanceof Error || answer.status !== 422 ? failed : await answer.text())
      return
    }
    const name = /filename\*=UTF-8''([^;]+)/.exec(answer.headers.get('content-disposition') ?? '')?.[1]
    const link = document.createElement('a')
    link.href = URL.createObjectURL(await answer.blob())
    link.download = decodeURIComponent(name ?? 'download')
    link.click()
    // the browser reads it after the click
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
    form.closest('dialog')?.close()
  }
  return (
    <form className="form" onSubmit={submit} aria-busy={busy}>
      {problem && (
        <p className="refused" role="alert">
          {problem}
        </p>
      )}
      <fieldset disabled={busy} className="form" style={{ border: 0, padding: 0 }}>
        {children}
      </fieldset>
    </form>
  )
}
