import { refusalSentences } from '@/lib/i18n/refusal-sentences.ts'
import type { Translate } from '@/lib/i18n/translate.ts'

/** The reason of an event: a refusal's sentence with its code small beside it, or the words a person gave. */
export function Reason({ t, reason, details }: { t: Translate; reason: string | null; details: unknown }) {
  const sentences = refusalSentences(t, reason, details)
  if (!sentences) return reason ?? '—'
  return sentences.map(({ code, text }) => (
    <div key={code}>
      {text} <code className="small muted">{code}</code>
    </div>
  ))
}
