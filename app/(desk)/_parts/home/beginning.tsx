import Link from 'next/link'
import { Card, State } from '@/app/_ui/screen.tsx'
import type { BeginningStep } from '@/lib/home/queries/beginning.ts'
import type { Translate } from '@/lib/i18n/translate.ts'

/** From an empty district to its first round: what is done, and the one step that comes next. */
export function Beginning({ t, steps }: { t: Translate; steps: BeginningStep[] }) {
  const next = steps.find(({ done }) => !done)
  return (
    <Card title={t('home.begin.title')}>
      <ol className="lines">
        {steps.map((step) => (
          <li key={step.key}>
            <State kind={step.done ? 'good' : step === next ? 'wait' : 'off'}>
              {t(step.done ? 'home.begin.done' : step === next ? 'home.begin.now' : 'home.begin.later')}
            </State>{' '}
            {step.done ? (
              t(`home.begin.${step.key}`)
            ) : (
              <Link href={step.href as never}>
                {step === next ? <strong>{t(`home.begin.${step.key}`)}</strong> : t(`home.begin.${step.key}`)}
              </Link>
            )}{' '}
            <span className="muted">{t(`home.begin.${step.key}Text`)}</span>
          </li>
        ))}
      </ol>
    </Card>
  )
}
