import { State } from '@/app/_ui/screen.tsx'
import type { Translate } from '@/lib/i18n/translate.ts'

/** Where a school's part of a task stands. */
export function PartState({ part, late, t }: { part: { state: string }; late: boolean; t: Translate }) {
  if (part.state === 'confirmed') return <State kind="good">{t('collection.state.confirmed')}</State>
  if (late) return <State kind="bad">{t('collection.state.late')}</State>
  return <State kind={part.state === 'checked' ? 'wait' : 'off'}>{t(`collection.state.${part.state}`)}</State>
}
