'use client'
import type { ReactNode } from 'react'

/** A choice is kept as soon as it is ticked: the button that imports stands elsewhere and must not pass it over. */
export function TakeBox({
  value,
  defaultChecked,
  children,
}: {
  value: string
  defaultChecked: boolean
  children: ReactNode
}) {
  return (
    <label className="check">
      <input
        type="checkbox"
        name="take"
        value={value}
        defaultChecked={defaultChecked}
        onChange={(event) => event.currentTarget.form?.requestSubmit()}
      />
      <span>{children}</span>
    </label>
  )
}
