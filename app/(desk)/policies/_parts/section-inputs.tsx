import type { Translate } from '@/lib/i18n/translate.ts'
import { leafName, type PolicyLeaf, type PolicyProblem, policyLeaves } from '@/lib/rules/rotation/policy/fields.ts'
import { POLICY_RULE_IDS } from '@/lib/rules/rotation/policy/rule-ids.ts'
import type { Policy } from '@/lib/rules/rotation/policy.ts'
import { groupBy } from '@/lib/rules/values/group-by.ts'
import { fieldExplain, fieldLabel, leafText, optionText } from './policy-words.ts'

export interface Problem extends PolicyProblem {
  text: string
}

/** Inputs of a section, made from its schema; what is wrong stands beside its setting. */
export function SectionInputs({
  section,
  content,
  typed,
  problems,
  t,
}: {
  section: keyof Policy
  content: Policy
  typed: Record<string, string | undefined>
  problems: Problem[]
  t: Translate
}) {
  const byField = groupBy(policyLeaves(section, content), ({ field }) => field)
  return (
    <>
      {[...byField].map(([field, leaves]) => {
        const wrong = problems.filter(({ path }) => path === field || path.startsWith(`${field}.`))
        return (
          <div className="policy-field" key={field}>
            <span>
              {fieldLabel(t, section, field)}{' '}
              <span className="small muted nowrap">{(POLICY_RULE_IDS[section] as Record<string, string>)[field]}</span>
            </span>
            <div className="inputs">
              {leaves.map((leaf) => (
                <LeafInput key={leafName(leaf)} leaf={leaf} label={fieldLabel(t, section, field)} typed={typed} t={t} />
              ))}
            </div>
            <span className="explain">
              {fieldExplain(t, section, field)}
              {wrong.map(({ path, text }) => (
                <strong key={path + text} style={{ color: 'var(--red)' }}>
                  {' '}
                  ▲ {text}
                </strong>
              ))}
            </span>
          </div>
        )
      })}
    </>
  )
}

function LeafInput({
  leaf,
  label,
  typed,
  t,
}: {
  leaf: PolicyLeaf
  label: string
  typed: Record<string, string | undefined>
  t: Translate
}) {
  const name = leafName(leaf)
  const part = leafText(t, leaf)
  const row = leaf.path.find((key) => /^\d+$/.test(key))
  const title = [label, row === undefined ? '' : String(Number(row) + 1), part].filter(Boolean).join(' ')
  if (leaf.kind === 'boolean')
    return (
      <label className="check">
        <input type="checkbox" name={name} defaultChecked={typed[name] !== undefined} aria-label={title} />
        <span>{part || t('rotation.policy.option.yes')}</span>
      </label>
    )
  if (leaf.kind === 'choices')
    return leaf.options.map((option) => {
      const text = optionText(t, leaf, option)
      const box = leafName(leaf, option)
      return (
        <label className="check" key={option}>
          <input type="checkbox" name={box} defaultChecked={typed[box] !== undefined} aria-label={`${title} ${text}`} />
          <span>{text}</span>
        </label>
      )
    })
  return (
    <span className="field">
      {part && <span className="label">{part}</span>}
      {leaf.kind === 'choice' ? (
        <select name={name} defaultValue={typed[name] ?? ''} aria-label={title}>
          {leaf.options.map((option) => (
            <option key={option} value={option}>
              {optionText(t, leaf, option)}
            </option>
          ))}
        </select>
      ) : (
        <input
          name={name}
          defaultValue={typed[name] ?? ''}
          aria-label={title}
          className={leaf.kind === 'numbers' ? 'wide' : undefined}
          inputMode={leaf.kind === 'int' || leaf.kind === 'number' ? 'decimal' : undefined}
        />
      )}
    </span>
  )
}
