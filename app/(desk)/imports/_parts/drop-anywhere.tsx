'use client'
import { useRouter } from 'next/navigation'
import { useEffect, useRef, useState } from 'react'
import { sendWorkbook } from './send-workbook.ts'

interface Labels {
  drop: string
  sending: string
  failed: string
}

const carriesFile = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') === true

/** A workbook dropped anywhere on the page starts its import; what is dragged inside the page is left alone. */
export function DropAnywhere({ labels }: { labels: Labels }) {
  const router = useRouter()
  const [isOver, setOver] = useState(false)
  const [percent, setPercent] = useState<number | null>(null)
  const [problems, setProblems] = useState<string[]>([])
  const inside = useRef(0)

  useEffect(() => {
    const over = (event: DragEvent) => {
      if (carriesFile(event)) event.preventDefault()
    }
    const enter = (event: DragEvent) => {
      if (!carriesFile(event)) return
      inside.current += 1
      setOver(true)
    }
    const leave = (event: DragEvent) => {
      if (!carriesFile(event)) return
      inside.current = Math.max(0, inside.current - 1)
      if (inside.current === 0) setOver(false)
    }
    const drop = (event: DragEvent) => {
      if (!carriesFile(event)) return
      event.preventDefault()
      inside.current = 0
      setOver(false)
      setProblems([])
      const file = event.dataTransfer?.files[0]
      if (file)
        sendWorkbook(file, labels.failed, {
          progress: setPercent,
          refused: (texts) => {
            setPercent(null)
            setProblems(texts)
          },
          taken: (href) => router.push(href as never),
        })
    }
    const listeners = { dragover: over, dragenter: enter, dragleave: leave, drop } as const
    for (const [name, listener] of Object.entries(listeners)) window.addEventListener(name as 'drop', listener)
    return () => {
      for (const [name, listener] of Object.entries(listeners)) window.removeEventListener(name as 'drop', listener)
    }
  }, [labels.failed, router])

  return (
    <>
      {isOver && (
        <div className="drop-veil" aria-hidden="true">
          <p>{labels.drop}</p>
        </div>
      )}
      {percent !== null && (
        <p className="noted" role="status">
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
    </>
  )
}
