import { z } from 'zod'
import { definePage } from '@/app/_server/page.tsx'
import { PrintButton } from '@/app/_ui/dialog.tsx'
import { ButtonLink, Card, Facts, Screen, State } from '@/app/_ui/screen.tsx'
import { formatMoment, formatSchoolYear } from '@/lib/i18n/format.ts'
import { activatePolicy } from '@/lib/rotation/operations/activate-policy.ts'
import { findPolicy, openRequest } from '@/lib/rotation/queries/policies.ts'
import { policyFor } from '@/lib/rotation/queries/policy-for.ts'
import { mayUse } from '@/lib/rules/access/permissions.ts'
import { POLICY_SECTIONS } from '@/lib/rules/rotation/policy/fields.ts'
import { idSchema, type PolicyId } from '@/lib/rules/values/ids.ts'
import { PolicyDifferences } from '../_parts/policy-differences.tsx'
import { PolicySection } from '../_parts/policy-section.tsx'
import { PolicySteps } from '../_parts/policy-steps.tsx'

export default definePage('rotation.policy.view', {
  params: z.object({ policyId: idSchema<PolicyId>() }),
  load: async (tx, { params }) => {
    const policy = await findPolicy(tx, params.policyId)
    if (!policy) return null
    const inForce = await policyFor(tx, policy.year)
    const request = policy.state === 'submitted' ? await openRequest(tx, activatePolicy.name, policy.id) : null
    return { policy, inForce, request }
  },
  view: ({ policy, inForce, request }, { actor, session, t }) => {
    const isDraft = policy.state === 'draft'
    const mayEdit = isDraft && mayUse(actor, 'rotation.policy.edit')
    const compared = policy.state === 'draft' || policy.state === 'submitted' ? inForce.policy : null
    const zone = session.district.timeZone
    return (
      <Screen
        title={policy.title}
        crumbs={[{ text: t('policy.title'), href: '/policies' }]}
        tools={
          <>
            {compared && <ButtonLink href={`/policies/${policy.id}/effect`}>{t('policy.effect.open')}</ButtonLink>}
            <PrintButton label={t('policy.print')} />
          </>
        }
        foot={[t('roll.print.by'), t('roll.print.checked')]}
      >
        <Card>
          <Facts
            items={[
              {
                label: t('policy.column.state'),
                value: <State kind="plain">{t(`policy.state.${policy.state}`)}</State>,
              },
              { label: t('policy.column.year'), value: formatSchoolYear(policy.year, t.locale) },
              { label: t('policy.column.version'), value: policy.version },
              { label: t('policy.column.document'), value: policy.documentNo },
              { label: t('policy.column.for'), value: policy.roundName ?? t('policy.forYear') },
              {
                label: t('policy.column.prepared'),
                value: `${policy.preparedByName} ${formatMoment(policy.preparedAt, zone)}`,
              },
              {
                label: t('policy.column.decided'),
                value: policy.decidedAt ? `${policy.decidedByName} ${formatMoment(policy.decidedAt, zone)}` : null,
              },
            ]}
          />
          {compared && <PolicyDifferences t={t} content={policy.content} compared={compared} />}
          <PolicySteps policy={policy} request={request} actor={actor} zone={zone} t={t} />
        </Card>
        <nav className="tabs no-print" aria-label={t('policy.sections')}>
          {POLICY_SECTIONS.map((section) => (
            <a key={section} href={`#${section}`}>
              {t(`rotation.policy.section.${section}`)}
            </a>
          ))}
        </nav>
        {POLICY_SECTIONS.map((section) => (
          <PolicySection
            key={section}
            section={section}
            content={policy.content}
            compared={compared}
            t={t}
            tools={
              mayEdit ? (
                <ButtonLink href={`/policies/${policy.id}/edit?section=${section}`}>
                  {t('policy.edit.button')}
                </ButtonLink>
              ) : undefined
            }
          />
        ))}
      </Screen>
    )
  },
})
