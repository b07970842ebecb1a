import Link from 'next/link'
import type { ReactNode } from 'react'
import type { Translate } from '@/lib/i18n/translate.ts'
import { addressOf } from './address.ts'
import { LongSelect } from './long-select.tsx'

/** Choices a menu is written out with; a longer one is completed in the browser. */
const LONG = 100

/** Choices as one text, a line each of value, space and words: what is sent is a string and not a thousand objects. */
const choiceLines = (options: readonly { value: string; text: string }[]): string =>
  options.map(({ value, text }) => `${value} ${text}`).join('\n')

/** A plain GET form: the address is the state. `more` holds the fields behind 展开. */
export function QueryForm({
  t,
  path,
  children,
  more,
  moreOpen,
  keep = {},
}: {
  t: Translate
  path: string
  children: ReactNode
  more?: ReactNode
  moreOpen?: boolean
  keep?: Record<string, string | number | undefined>
}) {
  return (
    <form className="query" action={path} method="get" aria-label={t('platform.list.query')}>
      {Object.entries(keep).map(([name, value]) =>
        value === undefined || value === '' ? null : <input key={name} type="hidden" name={name} value={value} />,
      )}
      {children}
      <div className="actions">
        <button className="button primary" type="submit">
          {t('platform.list.query')}
        </button>
        <Link className="button" href={addressOf(path, keep) as never}>
          {t('platform.list.reset')}
        </Link>
      </div>
      {more && (
        <details open={moreOpen}>
          <summary>{t('platform.list.more')}</summary>
          <div>{more}</div>
        </details>
      )}
    </form>
  )
}

export function QueryText({
  name,
  label,
  value,
  placeholder,
}: {
  name: string
  label: string
  value?: string
  placeholder?: string
}) {
  return (
    <div className="field text">
      <label htmlFor={`q-${name}`}>{label}</label>
      <input id={`q-${name}`} name={name} defaultValue={value ?? ''} placeholder={placeholder} />
    </div>
  )
}

export function QuerySelect({
  name,
  label,
  value,
  options,
  all,
}: {
  name: string
  label: string
  value?: string
  options: { value: string; text: string }[]
  all?: string
}) {
  return (
    <div className="field">
      <label htmlFor={`q-${name}`}>{label}</label>
      {options.length > LONG ? (
        <LongSelect id={`q-${name}`} name={name} value={value} lines={choiceLines(options)} all={all} />
      ) : (
        <select id={`q-${name}`} name={name} defaultValue={value ?? ''}>
          {all !== undefined && <option value="">{all}</option>}
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.text}
            </option>
          ))}
        </select>
      )}
    </div>
  )
}
