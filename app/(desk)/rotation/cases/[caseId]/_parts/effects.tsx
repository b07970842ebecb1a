import Link from 'next/link'
import { Card, Facts, State } from '@/app/_ui/screen.tsx'
import { formatTenths } from '@/lib/i18n/tenths.ts'
import type { Translate } from '@/lib/i18n/translate.ts'
import { label } from '@/lib/i18n/vocabulary.ts'
import type { SchoolEffect } from '@/lib/rotation/queries/school-effect.ts'

/** 对本校的影响: the subject before and after against its need, backbone, who comes or leaves. */
export function Effects({ t, effects }: { t: Translate; effects: SchoolEffect[] }) {
  return effects.map((effect) => (
    <Card key={effect.side} title={t(`board.effect.${effect.side}`, { school: effect.school })}>
      <Facts
        items={[
          {
            label: t('board.effect.subject'),
            value: effect.subject ? (
              <>
                {t('board.effect.subjectText', {
                  before: formatTenths(effect.subject.before.haveTenths),
                  after: formatTenths(effect.subject.after.haveTenths),
                  need: formatTenths(effect.subject.after.needTenths),
                })}{' '}
                {effect.subject.staysCovered ? (
                  <State kind="good">{t('board.effect.covered')}</State>
                ) : (
                  <State kind="bad">
                    {t('board.effect.short', {
                      lack: formatTenths(effect.subject.after.needTenths - effect.subject.after.haveTenths),
                    })}
                  </State>
                )}
              </>
            ) : (
              t('board.effect.noNeed')
            ),
          },
          {
            label: t('board.effect.backbone'),
            value: t('board.effect.change', { before: effect.backbone.before, after: effect.backbone.after }),
          },
          {
            label: t(effect.side === 'origin' ? 'board.effect.coming' : 'board.effect.leaving'),
            value:
              effect.others.length === 0
                ? t('board.effect.nobody')
                : effect.others.map((other) => (
                    <span key={other.caseId} style={{ display: 'block' }}>
                      <Link href={`/rotation/cases/${other.caseId}` as never}>
                        {other.name || t('board.case.hidden')}
                      </Link>{' '}
                      {label(t, 'subject', other.subject)} · {t(`board.state.${other.state}`)}
                    </span>
                  )),
          },
        ]}
      />
    </Card>
  ))
}
