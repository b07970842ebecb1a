import type { Translate } from '@/lib/i18n/translate.ts'
import { label } from '@/lib/i18n/vocabulary.ts'
import type { CorrectionRow } from '@/lib/register/queries/corrections.ts'

/** What a request is about, in a few words. */
export const correctionSubject = (t: Translate, row: CorrectionRow): string =>
  row.proposal ? t(`register.correction.fact.${row.proposal.fact}`) : t(`teacher.field.${row.field}`)

/** What is wanted; a school's proposal is said as the fact it would become. */
export function correctionWanted(t: Translate, row: CorrectionRow): string {
  const { proposal } = row
  if (!proposal) return row.wanted || t('register.correction.sealed')
  switch (proposal.fact) {
    case 'title':
      return t('register.correction.title', {
        title: label(t, 'title', proposal.title),
        kind: t(`register.line.${proposal.kind}`),
        from: proposal.from,
      })
    case 'honour':
      return t('register.correction.honour', {
        level: label(t, 'honourLevel', proposal.level),
        kind: label(t, 'honourKind', proposal.kind),
        month: proposal.month,
      })
    case 'assessment':
      return t('register.correction.assessment', {
        year: String(proposal.year),
        result: label(t, 'assessment', proposal.result),
      })
    case 'certificate':
      return t('register.correction.certificate', {
        kind: label(t, 'certificateKind', proposal.kind),
        subject: label(t, 'subject', proposal.subject),
      })
  }
}
