'use client'
import { useEffect, useState } from 'react'

const EVENT = 'junheng:said'
const SECONDS = 8

/** Says on the page what is now true, for a form that is gone: its dialog closed, or its row has moved on. */
export const sayOnPage = (text: string) => window.dispatchEvent(new CustomEvent(EVENT, { detail: text }))

/** The last such sentence, at the foot of the window for a few seconds. */
export function SaidOnPage() {
  const [said, setSaid] = useState<{ text: string; at: number } | null>(null)
  useEffect(() => {
    const hear = (event: Event) => setSaid({ text: String((event as CustomEvent).detail), at: Date.now() })
    window.addEventListener(EVENT, hear)
    return () => window.removeEventListener(EVENT, hear)
  }, [])
  useEffect(() => {
    if (!said) return
    const timer = setTimeout(() => setSaid(null), SECONDS * 1000)
    return () => clearTimeout(timer)
  }, [said])
  return <output className="said-on-page no-print">{said && <span className="said">{said.text}</span>}</output>
}
