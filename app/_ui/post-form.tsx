'use client'
import { type FormEvent, type ReactNode, useState } from 'react'

/**
 * A form that sends a file and is led on by the answer. Sent by script: a plain form post carries no origin under our
 * referrer policy, and would be refused like a foreign one.
 */
export function PostForm({ action, children, failed }: { action: string; children: ReactNode; failed: string }) {
  const [problem, setProblem] = useState('')
  const [busy, setBusy] = useState(false)
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const body = new FormData(event.currentTarget)
    setBusy(true)
    setProblem('')
    const answer = await fetch(action, { method: 'POST', body }).catch((error: Error) => error)
    setBusy(false)
    if (!(answer instanceof Error) && answer.redirected) window.location.assign(answer.url)
    else setProblem(failed)
  }
  return (
    <form className="form" onSubmit={submit} aria-busy={busy}>
      {problem && (
        <p className="refused" role="alert">
          {problem}
        </p>
      )}
      {children}
    </form>
  )
}
