import { Fragment } from 'react'
import type { Translate } from '@/lib/i18n/translate.ts'
import { changedFields } from '@/lib/rules/rotation/policy/fields.ts'
import type { Policy } from '@/lib/rules/rotation/policy.ts'
import { fieldLabel } from './policy-words.ts'

/** Which settings of a draft differ from the policy in force, each a link to its line on the page. */
export function PolicyDifferences({ t, content, compared }: { t: Translate; content: Policy; compared: Policy }) {
  const changed = changedFields(content, compared)
  return (
    <p className="noted">
      {t('policy.differs', { count: changed.length })}
      {changed.map(({ section, field }) => (
        <Fragment key={`${section}.${field}`}>
          {' '}
          <a href={`#${section}.${field}`}>{fieldLabel(t, section, field)}</a>
        </Fragment>
      ))}
    </p>
  )
}
