'use client'

/** Ours went wrong: apologises once, gives a number to quote, offers to try again. */
export default function DeskError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  const english = typeof document !== 'undefined' && document.documentElement.lang === 'en'
  return (
    <div className="card" role="alert">
      <h1 style={{ fontSize: 16 }}>
        {english
          ? 'This page could not be shown. We are sorry.'
          : '\u62b1\u6b49\uff0c\u6b64\u9875\u672a\u80fd\u663e\u793a\u3002'}
      </h1>
      <p>
        {english ? 'Number to quote: ' : '\u8bf7\u5411\u7ba1\u7406\u5458\u62a5\u544a\u7f16\u53f7\uff1a'}
        <code>{error.digest ?? '—'}</code>
      </p>
      <button type="button" className="button primary" onClick={reset}>
        {english ? 'Try again' : '\u91cd\u8bd5'}
      </button>
    </div>
  )
}
