import type { Translate } from '@/lib/i18n/translate.ts'
import { label } from '@/lib/i18n/vocabulary.ts'
import type { PlanEffects } from '@/lib/rules/planner/effects.ts'
import type { PlanInstance } from '@/lib/rules/planner/format.ts'
import { kilometres, moveFacts, tenths } from './case-reason.ts'
import type { NamedLine } from './named-plan.ts'

/** 选派理由: whole sentences from figures, never prose from a solver (design.md §2.5). */
export function moveReasons(
  t: Translate,
  line: NamedLine,
  instance: PlanInstance,
  effects: PlanEffects,
  nameOf: (code: string) => string,
): string[] {
  const facts = moveFacts(line, instance, effects)
  const [from, to] = [nameOf(line.from), nameOf(line.to)]
  const subject = label(t, 'subject', line.subject)
  const heads = (post: { have: number; need10: number; after: number }) => ({
    have: post.have,
    need: tenths(post.need10),
    after: post.after,
  })
  return [
    t(facts.fillsShortage ? 'plan.reason.fills' : 'plan.reason.exchange', {
      school: to,
      subject,
      ...heads(facts.destination),
    }),
    t('plan.reason.origin', {
      school: from,
      subject: label(t, 'subject', line.fromSubject),
      ...heads(facts.origin),
    }),
    ...(line.backbone && facts.backbone.origin && facts.backbone.destination
      ? [
          t('plan.reason.backbone', {
            from,
            to,
            fromBefore: facts.backbone.origin[0].toFixed(2),
            fromAfter: facts.backbone.origin[1].toFixed(2),
            toBefore: facts.backbone.destination[0].toFixed(2),
            toAfter: facts.backbone.destination[1].toFixed(2),
          }),
        ]
      : []),
    ...(facts.direction === 'sender_receiver' ? [t('plan.reason.direction')] : []),
    ...(facts.rank > 0 ? [t('plan.reason.wish', { rank: facts.rank })] : []),
    ...(facts.hm > 0 ? [t('plan.reason.distance', { km: kilometres(facts.hm) })] : []),
  ]
}

/** The reason written into a case. */
export const caseReason = (
  t: Translate,
  line: NamedLine,
  instance: PlanInstance,
  effects: PlanEffects,
  nameOf: (code: string) => string,
): string => moveReasons(t, line, instance, effects, nameOf).join('').slice(0, 1000)
