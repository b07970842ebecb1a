import Link from 'next/link'
import { CaseStateWord } from '@/app/_domain/case-state.tsx'
import type { Translate } from '@/lib/i18n/translate.ts'
import type { CaseCard } from '@/lib/rotation/queries/case-card.ts'
import { isEnded } from '@/lib/rules/rotation/case-states.ts'

/** The other cases of a 校际互换: when one of them ends, the rest must be looked at anew. */
export function Partners({ t, partners }: { t: Translate; partners: CaseCard['partners'] }) {
  const broken = partners.some(({ state }) => isEnded(state) && state !== 'completed' && state !== 'transferred')
  return (
    <>
      {partners.map((partner) => (
        <div key={partner.id}>
          <Link href={`/rotation/cases/${partner.id}` as never}>
            {t('plan.exchange.partner', { number: partner.number, from: partner.from, to: partner.to })}
          </Link>{' '}
          <CaseStateWord t={t} state={partner.state} />
        </div>
      ))}
      {broken && <p className="warned">{t('plan.exchange.broken')}</p>}
    </>
  )
}
