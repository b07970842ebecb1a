'use client'

/** Ticks every box of its form; each box stays a plain form field. */
export function SelectAll({ label, name }: { label: string; name: string }) {
  return (
    <input
      type="checkbox"
      aria-label={label}
      onChange={(event) => {
        const { checked, form } = event.currentTarget
        for (const box of form?.querySelectorAll<HTMLInputElement>(`input[name="${name}"]`) ?? []) box.checked = checked
      }}
    />
  )
}
