'use client'
import { useRouter } from 'next/navigation'
import { useRef, useState } from 'react'
import { sendWorkbook } from './send-workbook.ts'

interface Labels {
  drop: string
  choose: string
  sending: string
  failed: string
  kinds: { value: string; text: string }[]
  kind: string
}

/** Drop or choose a workbook; it streams to the server with a bar, and its dry run opens. */
export function Upload({ labels, collection, fixed }: { labels: Labels; collection?: string; fixed?: boolean }) {
  const router = useRouter()
  const input = useRef<HTMLInputElement>(null)
  const kind = useRef<HTMLSelectElement>(null)
  const [percent, setPercent] = useState<number | null>(null)
  const [problems, setProblems] = useState<string[]>([])
  const [over, setOver] = useState(false)

  const send = (file: File) => {
    setProblems([])
    sendWorkbook(file, labels.failed, {
      kind: kind.current?.value,
      collection,
      progress: setPercent,
      refused: (texts) => {
        setPercent(null)
        setProblems(texts)
      },
      taken: (href) => router.push(href as never),
    })
  }

  return (
    <section
      aria-label={labels.drop}
      className={over ? 'drop over' : 'drop'}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        setOver(false)
        const file = event.dataTransfer.files[0]
        if (file) send(file)
      }}
    >
      <p>{labels.drop}</p>
      <div className="actions" style={{ justifyContent: 'center' }}>
        {!fixed && (
          <select ref={kind} aria-label={labels.kind}>
            {labels.kinds.map((one) => (
              <option key={one.value} value={one.value}>
                {one.text}
              </option>
            ))}
          </select>
        )}
        <button
          type="button"
          className="button primary"
          onClick={() => input.current?.click()}
          disabled={percent !== null}
        >
          {labels.choose}
        </button>
      </div>
      <input
        ref={input}
        type="file"
        hidden
        accept=".xlsx,.xls,.ods,.csv"
        onChange={(event) => {
          const file = event.target.files?.[0]
          if (file) send(file)
          event.target.value = ''
        }}
      />
      {percent !== null && (
        <p>
          {labels.sending} <progress value={percent} max={100} aria-label={labels.sending} />
        </p>
      )}
      {problems.length > 0 && (
        <div className="refused" role="alert">
          {problems.map((text) => (
            <p key={text}>{text}</p>
          ))}
        </div>
      )}
    </section>
  )
}
