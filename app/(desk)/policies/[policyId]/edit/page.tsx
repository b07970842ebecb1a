import { z } from 'zod'
import { definePage } from '@/app/_server/page.tsx'
import { ActionForm, SubmitButton } from '@/app/_ui/action-form.tsx'
import { ButtonLink, Card, Screen } from '@/app/_ui/screen.tsx'
import { problemsOf } from '@/lib/platform/problems.ts'
import { findPolicy, roundOfPolicy } from '@/lib/rotation/queries/policies.ts'
import { policyEffect } from '@/lib/rotation/queries/policy-effect.ts'
import { snapshotOf } from '@/lib/rules/calendar/school-year.ts'
import { POLICY_SECTIONS, readPolicySection, typedSection } from '@/lib/rules/rotation/policy/fields.ts'
import type { Policy } from '@/lib/rules/rotation/policy.ts'
import type { SchoolYear } from '@/lib/rules/values/dates.ts'
import { idSchema, type PolicyId } from '@/lib/rules/values/ids.ts'
import { EffectCard } from '../../_parts/effect-card.tsx'
import { SectionInputs } from '../../_parts/section-inputs.tsx'
import { editPolicyAction } from '../../actions.ts'

/** What was typed travels in the address: the effect is shown first, and nothing is kept before 保存. */
const editQuery = z
  .looseObject({ section: z.enum(POLICY_SECTIONS).catch('quota'), preview: z.string().optional() })
  .transform(({ section, preview, ...rest }) => ({
    section,
    previewing: preview === '1',
    typed: Object.fromEntries(
      Object.entries(rest).flatMap(([name, value]) =>
        name.startsWith('v.') && typeof value === 'string' ? [[name, value] as const] : [],
      ),
    ) as Record<string, string | undefined>,
  }))

export default definePage('rotation.policy.edit', {
  params: z.object({ policyId: idSchema<PolicyId>() }),
  query: editQuery,
  load: async (tx, { params, query }) => {
    const policy = await findPolicy(tx, params.policyId)
    if (policy?.state !== 'draft') return null
    const read = query.previewing ? readPolicySection(query.section, policy.content, query.typed) : null
    const after: Policy | null = read?.ok ? { ...policy.content, [query.section]: read.value } : null
    const round = await roundOfPolicy(tx, policy.forRoundId)
    const snapshot = round?.snapshotDate ?? snapshotOf(policy.year as SchoolYear)
    return { policy, read, effect: after ? await policyEffect(tx, snapshot, policy.content, after) : null }
  },
  view: ({ policy, read, effect }, { query, t }) => {
    const { section } = query
    const typed = query.previewing ? query.typed : typedSection(section, policy.content)
    const problems =
      read && !read.ok
        ? read.problems.map((problem) => {
            const refusal = problemsOf(new z.ZodError([problem.issue]))[0]!
            return { ...problem, text: t(refusal.code, refusal.values) }
          })
        : []
    return (
      <Screen
        title={t('policy.edit.title', { section: t(`rotation.policy.section.${section}`) })}
        crumbs={[
          { text: t('policy.title'), href: '/policies' },
          { text: policy.title, href: `/policies/${policy.id}` },
        ]}
      >
        {problems.length > 0 && (
          <p className="refused" role="alert">
            {t('policy.edit.wrong', { count: problems.length })}
          </p>
        )}
        {effect && (
          <>
            <EffectCard effect={effect} t={t} />
            <ActionForm
              action={editPolicyAction}
              hidden={{ policyId: policy.id, rowVersion: policy.rowVersion, section, ...query.typed }}
              className="actions"
            >
              <SubmitButton>{t('policy.edit.save')}</SubmitButton>
              <span className="muted">{t('policy.edit.draftOnly')}</span>
            </ActionForm>
          </>
        )}
        <form action={`/policies/${policy.id}/edit`} method="get" style={{ marginTop: 12 }}>
          <input type="hidden" name="section" value={section} />
          <input type="hidden" name="preview" value="1" />
          <Card title={t(`rotation.policy.section.${section}`)}>
            <SectionInputs section={section} content={policy.content} typed={typed} problems={problems} t={t} />
            <div className="actions" style={{ marginTop: 12 }}>
              <button className="button primary" type="submit">
                {t('policy.edit.preview')}
              </button>
              <ButtonLink href={`/policies/${policy.id}`}>{t('policy.edit.cancel')}</ButtonLink>
            </div>
          </Card>
        </form>
      </Screen>
    )
  },
})
