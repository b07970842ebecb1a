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
  options,
  all,
}: {
  id: string
  name: string
  value?: string
  options: readonly { value: string; text: string }[]
  all?: string
}) {
  const isAwake = useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
  const shown = isAwake ? options : options.filter((option) => option.value === value)
  return (
    <select id={id} name={name} defaultValue={value ?? ''}>
      {all !== undefined && <option value="">{all}</option>}
      {shown.map((option) => (
        <option key={option.value} value={option.value}>
          {option.text}
        </option>
      ))}
    </select>
  )
}
