'use client'

import { useSyncExternalStore } from 'react'

const never = () => () => {}

/**
 * A menu of very many choices. The page arrives with the chosen one alone and the browser adds the rest: five hundred
 * schools written out twice would be most of the page.
 */
export function LongSelect({
  id,
  name,
  value,
  lines,
  all,
}: {
  id: string
  name: string
  value?: string
  /** One choice a line: value, space, words. */
  lines: string
  all?: string
}) {
  const isAwake = useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
  const shown = lines.split('\n').filter((line) => isAwake || (value && line.startsWith(`${value} `)))
  return (
    <select id={id} name={name} defaultValue={value ?? ''}>
      {all !== undefined && <option value="">{all}</option>}
      {shown.map((line) => {
        const [code = '', ...words] = line.split(' ')
        return (
          <option key={code} value={code}>
            {words.join(' ')}
          </option>
        )
      })}
    </select>
  )
}
