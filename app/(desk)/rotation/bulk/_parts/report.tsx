'use client'
import { useActionValue } from '@/app/_ui/action-form.tsx'

interface Line {
  caseId: string
  number: number
  name: string
  ok: boolean
}

/** The report of a bulk act, one line a case, under its form. */
export function BulkReportView({ labels }: { labels: { heading: string; done: string; failed: string } }) {
  const value = useActionValue<{ results: Line[] }>()
  if (!value) return null
  return (
    <section aria-live="polite">
      <h3>{labels.heading}</h3>
      <ul>
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
