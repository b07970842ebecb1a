import { z } from 'zod'
import { definePage } from '@/app/_server/page.tsx'
import { Screen } from '@/app/_ui/screen.tsx'
import { findPolicy, roundOfPolicy } from '@/lib/rotation/queries/policies.ts'
import { policyEffect } from '@/lib/rotation/queries/policy-effect.ts'
import { policyById, policyFor } from '@/lib/rotation/queries/policy-for.ts'
import { snapshotOf } from '@/lib/rules/calendar/school-year.ts'
import type { SchoolYear } from '@/lib/rules/values/dates.ts'
import { idSchema, type PolicyId } from '@/lib/rules/values/ids.ts'
import { EffectCard } from '../../_parts/effect-card.tsx'

/** A version against the one in force; a 补充规定 against the policy of its round, on the round's snapshot. */
export default definePage('rotation.policy.view', {
  params: z.object({ policyId: idSchema<PolicyId>() }),
  load: async (tx, { params, actor }) => {
    if (actor.role !== 'bureau_hr' && actor.role !== 'bureau_reviewer') return null
    const policy = await findPolicy(tx, params.policyId)
    if (!policy) return null
    const round = await roundOfPolicy(tx, policy.forRoundId)
    const snapshot = round?.snapshotDate ?? snapshotOf(policy.year as SchoolYear)
    const before =
      (round?.policyId ? await policyById(tx, round.policyId) : null) ?? (await policyFor(tx, policy.year)).policy
    return { policy, effect: await policyEffect(tx, snapshot, before, policy.content) }
  },
  view: ({ policy, effect }, { t }) => (
    <Screen
      title={t('policy.effect.pageTitle')}
      crumbs={[
        { text: t('policy.title'), href: '/policies' },
        { text: policy.title, href: `/policies/${policy.id}` },
      ]}
    >
      <EffectCard effect={effect} t={t} />
    </Screen>
  ),
})
