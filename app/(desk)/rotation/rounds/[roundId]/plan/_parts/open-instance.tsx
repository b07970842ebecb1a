'use client'
import { useRouter } from 'next/navigation'
import { type FormEvent, useId, useState } from 'react'

interface Labels {
  name: string
  instance: string
  result: string
  submit: string
  failed: string
}

/** Sends the files as they are and shows every finding; what was chosen stays when they are refused. */
export function OpenInstance({ address, labels }: { address: string; labels: Labels }) {
  const router = useRouter()
  const id = useId()
  const [busy, setBusy] = useState(false)
  const [findings, setFindings] = useState<string[]>([])
  async function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    setBusy(true)
    setFindings([])
    try {
      const response = await fetch(address, { method: 'POST', body: new FormData(event.currentTarget) })
      const answer = response.ok ? ((await response.json()) as { href?: string; findings?: string[] }) : null
      if (answer?.href) router.push(answer.href as never)
      else setFindings(answer?.findings ?? [labels.failed])
    } catch {
      setFindings([labels.failed])
    } finally {
      setBusy(false)
    }
  }
  return (
    <form className="form" onSubmit={send}>
      {findings.length > 0 && (
        <div className="refused" role="alert">
          {findings.map((text) => (
            <p key={text}>{text}</p>
          ))}
        </div>
      )}
      <div className="row">
        <div className="field">
          <label htmlFor={`${id}-name`}>{labels.name}</label>
          <input id={`${id}-name`} name="name" required maxLength={120} />
        </div>
        <div className="field">
          <label htmlFor={`${id}-instance`}>{labels.instance}</label>
          <input id={`${id}-instance`} name="instance" type="file" accept=".json,application/json" required />
        </div>
        <div className="field">
          <label htmlFor={`${id}-result`}>{labels.result}</label>
          <input id={`${id}-result`} name="result" type="file" accept=".json,application/json" />
        </div>
      </div>
      <div>
        <button className="button" type="submit" disabled={busy} aria-busy={busy}>
          {labels.submit}
        </button>
      </div>
    </form>
  )
}
