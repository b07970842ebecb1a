'use client'
import en from '@/lib/i18n/messages/en/error.json'
import zh from '@/lib/i18n/messages/zh-CN/error.json'

/** Ours went wrong: apologises once, gives a number to quote, offers to try again. */
export default function DeskError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  const words = typeof document !== 'undefined' && document.documentElement.lang === 'en' ? en : zh
  return (
    <div className="card" role="alert">
      <h1 style={{ fontSize: 16 }}>{words.title}</h1>
      <p>
        {words.number} <code>{error.digest ?? '—'}</code>
      </p>
      <button type="button" className="button primary" onClick={reset}>
        {words.again}
      </button>
    </div>
  )
}
