import { State } from '@/app/_ui/screen.tsx'
import type { Translate } from '@/lib/i18n/translate.ts'
import type { CaseState } from '@/lib/rules/rotation/case-states.ts'

const KIND: Partial<Record<CaseState, 'good' | 'bad' | 'wait' | 'off'>> = {
  draft: 'off',
  rejected: 'bad',
  withdrawn: 'off',
  terminated: 'bad',
  objection_open: 'wait',
  submitted: 'wait',
  origin_approved: 'wait',
  destination_approved: 'wait',
  checked: 'wait',
  decided: 'good',
  serving: 'good',
  completed: 'good',
  transferred: 'good',
}

/** A case's state in its official word, with its shape. */
export const CaseStateWord = ({ t, state }: { t: Translate; state: CaseState }) => (
  <State kind={KIND[state] ?? 'plain'}>{t(`board.state.${state}`)}</State>
)
