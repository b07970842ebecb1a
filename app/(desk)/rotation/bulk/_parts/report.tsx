'use client'
import type { ReactNode } from 'react'
import { useActionValue } from '@/app/_ui/action-form.tsx'

interface Line {
  caseId: string
  number: number
  name: string
  ok: boolean
}

/** What would happen, until it has: then the report stands alone. */
export function UntilReported({ children }: { children: ReactNode }) {
  return useActionValue() ? null : children
}

/** The report of a bulk act, one line a case, under its form. */
export function BulkReportView({ labels }: { labels: { heading: string; done: string; failed: string } }) {
  const value = useActionValue<{ results: Line[] }>()
  if (!value) return null
  return (
    <section className="card" aria-live="polite">
      <h2>{labels.heading}</h2>
      <ul className="lines">
        {value.results.map((line) => (
          <li key={line.caseId}>
            {line.number} {line.name}{' '}
            <span className={line.ok ? 'state good' : 'state bad'}>{line.ok ? labels.done : labels.failed}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
