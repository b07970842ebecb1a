import { State } from '@/app/_ui/screen.tsx'
import type { Translate } from '@/lib/i18n/translate.ts'

const KIND: Record<string, 'good' | 'bad' | 'wait' | 'off' | 'plain'> = {
  confirmed: 'good',
  refused: 'bad',
  undone: 'off',
  discarded: 'off',
  ready: 'wait',
  submitted: 'wait',
}

export function BatchState({ state, t }: { state: string; t: Translate }) {
  return <State kind={KIND[state] ?? 'plain'}>{t(`import.state.${state}`)}</State>
}
