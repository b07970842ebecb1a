import type { Translate } from '@/lib/i18n/translate.ts'
import { shareText } from '@/lib/rotation/inputs/scenarios.ts'
import type { PlanInstance } from '@/lib/rules/planner/format.ts'
import { ruleLimits } from '@/lib/rules/planner/limits.ts'

/** A rule of this plan in words, with the limit it sets and how many people that is. */
export function limitText(t: Translate, instance: PlanInstance, rule: string): string {
  const { policy } = instance
  const limits = ruleLimits(instance)
  const name = t(`planner.rule.${rule}`)
  switch (rule) {
    case 'H5':
      return t('plan.limit.H5', {
        name,
        share: shareText(policy.rate_total),
        whole: limits.eligible,
        need: limits.mustMove,
        continuing: policy.continuing.R,
      })
    case 'H6':
      return t(limits.mustMoveBackbone === null ? 'plan.limit.H6' : 'plan.limit.H6need', {
        name,
        share: shareText(policy.rate_backbone),
        reading: t(`plan.reading.${policy.backbone_reading}`),
        need: limits.mustMoveBackbone ?? 0,
        continuing: policy.continuing.RB,
      })
    case 'H7c':
      return t('plan.limit.H7c', {
        name,
        share: shareText(policy.backbone_leave_share),
        most: limits.backboneMayLeave,
      })
    case 'H8':
      return t('plan.limit.H8', { name, share: shareText(policy.leave_share), most: limits.mayLeave })
    case 'H9':
      return t('plan.limit.H9', { name, low: policy.net_default[0], high: policy.net_default[1] })
    case 'H10':
      return t('plan.limit.H10', { name, share: shareText(policy.direction_rate) })
    case 'H11':
      return policy.commute_hm === null ? name : t('plan.limit.H11', { name, km: (policy.commute_hm / 10).toFixed(1) })
    case 'H15':
      return t('plan.limit.H15', { name, most: policy.max_moves })
    default:
      return name
  }
}
