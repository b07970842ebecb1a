import { Card, EmptyState } from '@/app/_ui/screen.tsx'
import { formatSchoolYear } from '@/lib/i18n/format.ts'
import type { Translate } from '@/lib/i18n/translate.ts'
import type { MyEligibility } from '@/lib/rotation/queries/my-eligibility.ts'
import { liveRows } from '@/lib/rotation/queries/roll-list.ts'
import { EligibilityWord, ReasonSentence } from './roll-reasons.tsx'

/** A teacher's own answer: am I eligible next year, and why. */
export function MyEligibilityCard({ mine, t }: { mine: MyEligibility | null; t: Translate }) {
  const row = mine && liveRows([mine.line])[0]
  if (!mine || !row) return <EmptyState title={t('roll.mine.none')} text={t('roll.mine.noneText')} />
  return (
    <Card title={t('roll.mine.title', { year: formatSchoolYear(mine.year, t.locale) })}>
      <p style={{ marginBottom: 8 }}>
        <EligibilityWord state={row.state} t={t} /> {t(`roll.mine.means.${row.state}`)}
      </p>
      <ReasonSentence
        row={row}
        t={t}
        readBy="teacher"
        snapshot={mine.line.result.snapshot}
        tenureNeeded={mine.tenureNeeded}
        recordHref="/my"
        policyHref={null}
      />
      {mine.frozen && (
        <p className="noted" style={{ marginTop: 10 }}>
          {t('roll.mine.frozen', {
            round: mine.frozen.roundName,
            state: t(`rotation.eligibility.state.${mine.frozen.state}`),
          })}
        </p>
      )}
      <p className="small muted" style={{ marginTop: 8 }}>
        {mine.documentNo
          ? t('roll.mine.policy', { title: mine.policyTitle ?? '', document: mine.documentNo })
          : t('roll.defaultPolicy')}
      </p>
    </Card>
  )
}
