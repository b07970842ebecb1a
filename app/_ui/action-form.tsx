'use client'
import { createContext, type ReactNode, useActionState, useContext, useEffect, useId, useRef, useState } from 'react'
import { useFormStatus } from 'react-dom'
import type { ActionState } from '@/app/_server/action.ts'
import { lostNetwork } from './lost-network.ts'
import { sayOnPage } from './said.tsx'

const untouched: ActionState = { status: 'idle', refusals: [], at: 0 }
const FormState = createContext<ActionState>(untouched)

interface ActionFormProps {
  action: (state: ActionState, form: FormData) => Promise<ActionState>
  /** Sent along unseen, e.g. ids and versions. */
  hidden?: Record<string, string | number | boolean | null | undefined>
  children: ReactNode
  className?: string
  /** Close the dialog the form stands in once it is done. */
  closeDialog?: boolean
  id?: string
}

/**
 * A form around a server action. Keeps what was typed when refused, says the refusals beside their fields and above,
 * and sends a key so that a double click has one effect.
 */
export function ActionForm({ action, hidden = {}, children, className = 'form', closeDialog, id }: ActionFormProps) {
  const form = useRef<HTMLFormElement>(null)
  const unsaid = useUnsaid()
  const [state, submit] = useActionState(async (before: ActionState, data: FormData) => {
    let after: ActionState
    try {
      after = await action(before, data)
    } catch (error) {
      return lostNetwork(error, before)
    }
    unsaid.current = after?.status === 'done' && after.message ? { text: after.message, at: Date.now() } : null
    return after
  }, untouched)
  const key = useFormKey(state.at)
  useEffect(() => {
    if (state.status !== 'done' || !closeDialog) return
    form.current?.closest('dialog')?.close()
    if (unsaid.current) sayOnPage(unsaid.current.text)
    unsaid.current = null
  }, [state, closeDialog, unsaid])
  return (
    <FormState.Provider value={state}>
      <form
        ref={form}
        id={id}
        action={submit}
        className={className}
        // React resets a form after its action, a refused one too: the reset is let through only after success.
        onReset={(event) => {
          if (state.status !== 'done') event.preventDefault()
        }}
      >
        <input type="hidden" name="_key" value={key} />
        {Object.entries(hidden).map(([name, value]) =>
          value === undefined || value === null ? null : (
            <input key={name} type="hidden" name={name} value={String(value)} />
          ),
        )}
        <FormAnswer />
        {children}
      </form>
    </FormState.Provider>
  )
}

/** The answer of a form that leaves the page with what it changed: said by the page when the form no longer can. */
function useUnsaid() {
  const unsaid = useRef<{ text: string; at: number } | null>(null)
  useEffect(
    () => () => {
      if (unsaid.current && Date.now() - unsaid.current.at < 2000) sayOnPage(unsaid.current.text)
    },
    [],
  )
  return unsaid
}

function useFormKey(at: number): string {
  const seed = useId()
  const [key, setKey] = useState('')
  // biome-ignore lint/correctness/useExhaustiveDependencies: a fresh key after every answer
  useEffect(() => setKey(crypto.randomUUID()), [at])
  return key || `form-${seed.replace(/[^A-Za-z0-9]/g, '')}-first`
}

/** The sentences of the last answer: what is now true, or why not. */
export function FormAnswer() {
  const state = useContext(FormState)
  if (state.status === 'done' && state.message) return <output className="said">{state.message}</output>
  if (state.status !== 'refused') return <output className="visually-hidden" />
  return (
    <div className="refused" role="alert">
      {state.refusals.map((refusal) => (
        <p key={refusal.code + refusal.text}>
          {refusal.text}
          {refusal.rule ? <span className="small"> {refusal.rule}</span> : null}
        </p>
      ))}
    </div>
  )
}

export function SubmitButton({
  children,
  kind = 'primary',
  name,
  value,
  disabled,
}: {
  children: ReactNode
  kind?: 'primary' | 'danger' | 'plain'
  name?: string
  value?: string
  disabled?: boolean
}) {
  const { pending } = useFormStatus()
  return (
    <button
      type="submit"
      className={kind === 'plain' ? 'button' : `button ${kind}`}
      disabled={pending || disabled}
      name={name}
      value={value}
      aria-busy={pending}
    >
      {children}
      {pending ? '…' : ''}
    </button>
  )
}

interface FieldProps {
  name: string
  label: string
  hint?: string
  required?: boolean
  defaultValue?: string | number
}

/** What the form's last action answered, once it is done. */
export function useActionValue<T>(): T | null {
  const state = useContext(FormState)
  return state.status === 'done' ? ((state.value as T | undefined) ?? null) : null
}

function useField(name: string) {
  const id = useId()
  const state = useContext(FormState)
  const problems =
    state.status === 'refused'
      ? state.refusals.filter((refusal) => refusal.field === name).map((refusal) => refusal.text)
      : []
  return {
    id,
    problems,
    aria: {
      id,
      name,
      'aria-invalid': problems.length > 0 || undefined,
      'aria-describedby': problems.length > 0 ? `${id}-problem` : undefined,
    },
  }
}

function Field({
  id,
  label,
  hint,
  required,
  problems,
  children,
}: {
  id: string
  label: string
  hint?: string
  required?: boolean
  problems: string[]
  children: ReactNode
}) {
  return (
    <div className="field">
      <label htmlFor={id}>
        {label}
        {required ? <span aria-hidden="true"> *</span> : null}
      </label>
      {children}
      {hint && <span className="hint">{hint}</span>}
      {problems.length > 0 && (
        <span className="problem" id={`${id}-problem`}>
          {problems.join(' ')}
        </span>
      )}
    </div>
  )
}

export function TextField({
  type = 'text',
  maxLength,
  placeholder,
  autoComplete,
  ...field
}: FieldProps & {
  type?: 'text' | 'password' | 'date' | 'number' | 'month'
  maxLength?: number
  placeholder?: string
  autoComplete?: string
}) {
  const { id, problems, aria } = useField(field.name)
  return (
    <Field id={id} {...field} problems={problems}>
      <input
        {...aria}
        type={type}
        required={field.required}
        defaultValue={field.defaultValue}
        maxLength={maxLength}
        placeholder={placeholder}
        autoComplete={autoComplete ?? 'off'}
      />
    </Field>
  )
}

/** A scan to bring along: PDF or picture. */
export function FileField(field: FieldProps) {
  const { id, problems, aria } = useField(field.name)
  return (
    <Field id={id} {...field} problems={problems}>
      <input {...aria} type="file" accept=".pdf,.jpg,.jpeg,.png" required={field.required} />
    </Field>
  )
}

export function TextArea({ rows = 3, maxLength = 2000, ...field }: FieldProps & { rows?: number; maxLength?: number }) {
  const { id, problems, aria } = useField(field.name)
  return (
    <Field id={id} {...field} problems={problems}>
      <textarea
        {...aria}
        required={field.required}
        defaultValue={field.defaultValue}
        rows={rows}
        maxLength={maxLength}
      />
    </Field>
  )
}

export function SelectField({
  options,
  blank,
  ...field
}: FieldProps & { options: { value: string; text: string }[]; blank?: string }) {
  const { id, problems, aria } = useField(field.name)
  return (
    <Field id={id} {...field} problems={problems}>
      {/* a new select for a new value: after the form's reset an old one would go back to what it was first given */}
      <select key={field.defaultValue} {...aria} required={field.required} defaultValue={field.defaultValue}>
        {blank !== undefined && <option value="">{blank}</option>}
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.text}
          </option>
        ))}
      </select>
    </Field>
  )
}

export function CheckField({
  name,
  label,
  defaultChecked,
  value,
}: {
  name: string
  label: ReactNode
  defaultChecked?: boolean
  value?: string
}) {
  const { id, aria } = useField(name)
  return (
    <div className="check">
      <input {...aria} type="checkbox" defaultChecked={defaultChecked} value={value} />
      <label htmlFor={id}>{label}</label>
    </div>
  )
}
