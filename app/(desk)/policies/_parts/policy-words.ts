import type { Translate } from '@/lib/i18n/translate.ts'
import type { PolicyLeaf } from '@/lib/rules/rotation/policy/fields.ts'
import type { Policy } from '@/lib/rules/rotation/policy.ts'

/** Vocabularies whose codes stand as options or rows of a setting. */
const VOCABULARY: Record<string, string> = {
  countedForms: 'rotationForm',
  stages: 'stage',
  backboneKinds: 'honourKind',
  honourValidityMonths: 'honourKind',
  subject: 'subject',
  stage: 'stage',
}

/** An option of a choice in words. */
export function optionText(t: Translate, leaf: PolicyLeaf, option: string): string {
  const last = leaf.path.at(-1) ?? ''
  const vocabulary = VOCABULARY[last] ?? VOCABULARY[leaf.field]
  if (vocabulary) return t(`vocabulary.${vocabulary}.${option}`)
  return t(`rotation.policy.option.${option}`)
}

/** Name of a part of a setting, e.g. 男 of the upper age; empty for a setting that is one value. */
export function leafText(t: Translate, leaf: PolicyLeaf): string {
  const part = leaf.path.slice(1).filter((key) => !/^\d+$/.test(key))
  return part
    .map((key) => {
      if (leaf.field === 'honourValidityMonths') return t(`vocabulary.honourKind.${key}`)
      if (leaf.field === 'relaxCost') return key
      return t(`rotation.policy.leaf.${key}`)
    })
    .join(' · ')
}

export const fieldLabel = (t: Translate, section: keyof Policy, field: string): string =>
  t(`rotation.policy.${section}.${field}.label`)
export const fieldExplain = (t: Translate, section: keyof Policy, field: string): string =>
  t(`rotation.policy.${section}.${field}.explain`)

/** A stored value as a reader of the document sees it. */
export function leafValueText(t: Translate, leaf: PolicyLeaf, value: unknown): string {
  if (value === null || value === undefined) return t('rotation.policy.option.none')
  if (leaf.kind === 'boolean') return t(`rotation.policy.option.${value ? 'yes' : 'no'}`)
  if (leaf.kind === 'choice') return optionText(t, leaf, String(value))
  if (leaf.kind === 'choices')
    return (value as unknown[]).map((one) => optionText(t, leaf, String(one))).join(t('board.schools.join')) || '—'
  if (leaf.kind === 'numbers') return (value as unknown[]).join('  ')
  return String(value)
}
