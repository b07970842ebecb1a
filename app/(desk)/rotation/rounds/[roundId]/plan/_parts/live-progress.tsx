'use client'
import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'

/** What the route answers: sentences ready to be read, and the state. */
export interface ProgressAnswer {
  state: string
  lines: string[]
  /** 0…1 of the five levels. */
  done: number
}

const EVERY_MS = 1000

/** Asks how far the solver is until the state changes, then shows the page anew. */
export function LiveProgress({ address, first }: { address: string; first: ProgressAnswer }) {
  const router = useRouter()
  const [now, setNow] = useState(first)
  useEffect(() => {
    let over = false
    const ask = async () => {
      try {
        const response = await fetch(address, { cache: 'no-store' })
        if (over || !response.ok) return
        const answer = (await response.json()) as ProgressAnswer
        setNow(answer)
        if (answer.state !== first.state) router.refresh()
      } catch {
        // The network is away for a moment: the next turn asks again, and what was shown stays.
      }
    }
    const timer = setInterval(ask, EVERY_MS)
    return () => {
      over = true
      clearInterval(timer)
    }
  }, [address, first.state, router])
  return (
    <div role="status" aria-live="polite">
      <progress max={1} value={now.done} style={{ width: '100%', maxWidth: 480 }} />
      {now.lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
    </div>
  )
}
