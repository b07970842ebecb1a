import QRCode from 'qrcode'
import { CopyButton } from '@/app/_ui/dialog.tsx'
import type { Translate } from '@/lib/i18n/translate.ts'
import type { TaskText } from '@/lib/rotation/queries/task-text.ts'

/** What waits at one post, to send over WeChat: a sentence with its link to copy, and the link as a QR picture. */
export async function TaskMessage({ t, text, origin }: { t: Translate; text: TaskText; origin: string }) {
  const link = `${origin}${text.href}`
  const sentence = t(text.key, { ...text.values, link })
  const image = await QRCode.toDataURL(link, { margin: 1, width: 96 })
  return (
    <div className="actions" style={{ borderTop: '1px solid var(--line)', padding: '8px 0', alignItems: 'flex-start' }}>
      {/* biome-ignore lint/performance/noImgElement: a data address, drawn here */}
      <img src={image} alt={t('board.late.code')} width={72} height={72} />
      <p style={{ flex: 1, minWidth: 220, overflowWrap: 'anywhere' }}>{sentence}</p>
      <CopyButton text={sentence} label={t('board.late.copy')} copied={t('board.late.copied')} />
    </div>
  )
}
