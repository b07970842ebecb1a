import { Card } from '@/app/_ui/screen.tsx'
import type { Translate } from '@/lib/i18n/translate.ts'
import { isChangedField, leafValue, type PolicyLeaf, policyLeaves } from '@/lib/rules/rotation/policy/fields.ts'
import { POLICY_RULE_IDS } from '@/lib/rules/rotation/policy/rule-ids.ts'
import type { Policy } from '@/lib/rules/rotation/policy.ts'
import { groupBy } from '@/lib/rules/values/group-by.ts'
import { PeriodPlanTable } from './period-plan-table.tsx'
import { fieldExplain, fieldLabel, leafText, leafValueText } from './policy-words.ts'

const ruleOf = (section: keyof Policy, field: string): string =>
  (POLICY_RULE_IDS[section] as Record<string, string>)[field] ?? ''

/** One section of a policy to read: every setting with its value, the sentence that explains it and its rule. */
export function PolicySection({
  section,
  content,
  compared,
  tools,
  t,
}: {
  section: keyof Policy
  content: Policy
  /** The policy in force; what differs from it is marked. */
  compared: Policy | null
  tools?: React.ReactNode
  t: Translate
}) {
  const byField = groupBy(policyLeaves(section, content), ({ field }) => field)
  return (
    <Card title={t(`rotation.policy.section.${section}`)} id={section} tools={tools}>
      {[...byField].map(([field, leaves]) => (
        <div className="policy-field" key={field} id={`${section}.${field}`}>
          <span>
            {fieldLabel(t, section, field)} <span className="small muted nowrap">{ruleOf(section, field)}</span>
          </span>
          <span>
            {section === 'periodPlan' ? (
              <PeriodPlanTable plan={content.periodPlan} t={t} />
            ) : (
              <Value section={section} content={content} leaves={leaves} t={t} />
            )}
            {compared && isChangedField(section, field, content, compared) && (
              <span className="small" style={{ color: 'var(--amber)' }}>
                {' '}
                ◆{' '}
                {t('policy.was', {
                  value:
                    section === 'periodPlan' ? '' : valueText(t, section, compared, leavesOf(section, compared, field)),
                })}
              </span>
            )}
          </span>
          <span className="explain">{fieldExplain(t, section, field)}</span>
        </div>
      ))}
    </Card>
  )
}

const leavesOf = (section: keyof Policy, content: Policy, field: string) =>
  policyLeaves(section, content).filter((leaf) => leaf.field === field)

/** A setting in one line: a share as 10/100, a record as its parts. */
function valueText(t: Translate, section: keyof Policy, content: Policy, leaves: PolicyLeaf[]): string {
  const text = (leaf: PolicyLeaf) => leafValueText(t, leaf, leafValue(section, content, leaf))
  if (leaves.length === 2 && leaves[0]?.path[1] === 'num') return leaves.map(text).join('/')
  return leaves.map((leaf) => [leafText(t, leaf), text(leaf)].filter(Boolean).join(' ')).join('；')
}

function Value({
  section,
  content,
  leaves,
  t,
}: {
  section: keyof Policy
  content: Policy
  leaves: PolicyLeaf[]
  t: Translate
}) {
  return <>{valueText(t, section, content, leaves)}</>
}
