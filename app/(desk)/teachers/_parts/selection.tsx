'use client'
import { createContext, type ReactNode, useContext, useState, useTransition } from 'react'
import type { ActionState } from '@/app/_server/action.ts'
import { selectTeachersAction } from '../actions.ts'

interface Kept {
  chosen: ReadonlySet<string>
  toggle: (ids: string[], on: boolean) => void
}
const SelectionContext = createContext<Kept>({ chosen: new Set(), toggle: () => undefined })
const untouched: ActionState = { status: 'idle', refusals: [], at: 0 }

interface Labels {
  chosen: string
  all: string
  clear: string
}

/** The selection over pages: ids are kept on the server (saved views), this part holds those of the page. */
export function Selection({
  onPage,
  elsewhere,
  total,
  filter,
  labels,
  children,
  tools,
}: {
  onPage: string[]
  /** How many are chosen on other pages. */
  elsewhere: number
  total: number
  filter: string
  labels: Labels
  tools: ReactNode
  children: ReactNode
}) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set(onPage))
  const [count, setCount] = useState(onPage.length + elsewhere)
  const [problem, setProblem] = useState('')
  const [pending, start] = useTransition()
  const send = (fields: Record<string, string | string[]>) =>
    start(async () => {
      const form = new FormData()
      for (const [name, value] of Object.entries(fields))
        for (const one of Array.isArray(value) ? value : [value]) form.append(name, one)
      const answer = await selectTeachersAction(untouched, form)
      setProblem(answer.refusals.map((refusal) => refusal.text).join(' '))
      const told = answer.value as { count: number } | undefined
      if (told) setCount(told.count)
    })
  const toggle = (ids: string[], on: boolean) => {
    setChosen((before) => {
      const after = new Set(before)
      for (const id of ids) on ? after.add(id) : after.delete(id)
      return after
    })
    send({ [on ? 'add' : 'remove']: ids })
  }
  return (
    <SelectionContext.Provider value={{ chosen, toggle }}>
      {count > 0 && (
        <div className="selection" aria-live="polite" aria-busy={pending}>
          <span>{labels.chosen.replace('#', String(count))}</span>
          {count < total && (
            <button
              type="button"
              className="button link"
              onClick={() => {
                setChosen(
                  new Set([...document.querySelectorAll<HTMLInputElement>('[data-row]')].map((box) => box.value)),
                )
                send({ all: filter })
              }}
            >
              {labels.all}
            </button>
          )}
          {tools}
          <button
            type="button"
            className="button link"
            onClick={() => {
              setChosen(new Set())
              setCount(0)
              send({ clear: 'true' })
            }}
          >
            {labels.clear}
          </button>
          {problem && (
            <span className="state bad" role="alert">
              {problem}
            </span>
          )}
        </div>
      )}
      {children}
    </SelectionContext.Provider>
  )
}

export function RowBox({ id, label }: { id: string; label: string }) {
  const { chosen, toggle } = useContext(SelectionContext)
  return (
    <input
      type="checkbox"
      data-row
      value={id}
      aria-label={label}
      checked={chosen.has(id)}
      onChange={(event) => toggle([id], event.target.checked)}
    />
  )
}

export function PageBox({ ids, label }: { ids: string[]; label: string }) {
  const { chosen, toggle } = useContext(SelectionContext)
  const all = ids.every((id) => chosen.has(id))
  return (
    <input type="checkbox" aria-label={label} checked={all} onChange={(event) => toggle(ids, event.target.checked)} />
  )
}
