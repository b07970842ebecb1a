'use client'

/** Ticks every box of its form, also those that belong to it from a table's rows; each box stays a plain form field. */
export function SelectAll({ label, name }: { label: string; name: string }) {
  return (
    <input
      type="checkbox"
      aria-label={label}
      onChange={(event) => {
        const { checked, form } = event.currentTarget
        for (const box of form?.elements ?? [])
          if (box instanceof HTMLInputElement && box.name === name) box.checked = checked
      }}
    />
  )
}
