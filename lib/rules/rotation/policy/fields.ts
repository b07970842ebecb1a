import { z } from 'zod'
import { type Policy, policySchema } from '../policy.ts'

export const POLICY_SECTIONS = Object.keys(policySchema.shape) as [keyof Policy, ...(keyof Policy)[]]

/** Whether a setting says something else in two policies. */
export const isChangedField = (section: keyof Policy, field: string, a: Policy, b: Policy): boolean =>
  JSON.stringify((a[section] as Record<string, unknown>)[field]) !==
  JSON.stringify((b[section] as Record<string, unknown>)[field])

/** The settings in which two policies differ, in the order of the document. */
export const changedFields = (a: Policy, b: Policy): { section: keyof Policy; field: string }[] =>
  POLICY_SECTIONS.flatMap((section) =>
    Object.keys(policySchema.shape[section].shape)
      .filter((field) => isChangedField(section, field, a, b))
      .map((field) => ({ section, field })),
  )

/** How a setting is typed in. `ratio` parts and table cells are leaves of their own. */
export type LeafKind =
  | { kind: 'boolean' }
  | { kind: 'int' | 'number' | 'text'; nullable: boolean }
  | { kind: 'choice'; options: string[] }
  | { kind: 'choices'; options: string[] }
  | { kind: 'numbers' }

/** One thing to type: the field it belongs to and the path inside its section, e.g. `rateTotal.num`. */
export type PolicyLeaf = LeafKind & { field: string; path: string[] }

interface Unwrapped {
  schema: z.ZodType
  nullable: boolean
}

function unwrap(schema: z.ZodType): Unwrapped {
  return schema instanceof z.ZodNullable
    ? { schema: schema.unwrap() as z.ZodType, nullable: true }
    : { schema, nullable: false }
}

const optionsOf = (schema: z.ZodType): (string | number)[] | null => {
  if (schema instanceof z.ZodEnum) return schema.options as (string | number)[]
  if (schema instanceof z.ZodLiteral) return [...schema.values] as (string | number)[]
  return null
}

/** Leaves below a schema; arrays of records have as many as the present value. */
function leavesBelow(outer: z.ZodType, value: unknown, path: string[]): PolicyLeaf[] {
  const { schema, nullable } = unwrap(outer)
  const field = path[0]!
  const options = optionsOf(schema)
  if (options) return [{ kind: 'choice', options: options.map(String), field, path }]
  if (schema instanceof z.ZodBoolean) return [{ kind: 'boolean', field, path }]
  if (schema instanceof z.ZodNumber) return [{ kind: schema.format ? 'int' : 'number', nullable, field, path }]
  if (schema instanceof z.ZodString) return [{ kind: 'text', nullable, field, path }]
  if (schema instanceof z.ZodTuple) return [{ kind: 'numbers', field, path }]
  if (schema instanceof z.ZodArray) {
    const element = schema.element as z.ZodType
    const inner = optionsOf(unwrap(element).schema)
    if (inner) return [{ kind: 'choices', options: inner.map(String), field, path }]
    if (element instanceof z.ZodNumber) return [{ kind: 'numbers', field, path }]
    const rows = Array.isArray(value) ? value : []
    return rows.flatMap((row, index) => leavesBelow(element, row, [...path, String(index)]))
  }
  if (schema instanceof z.ZodObject) {
    const shape = schema.shape as Record<string, z.ZodType>
    const known = (value ?? {}) as Record<string, unknown>
    return Object.entries(shape).flatMap(([key, part]) => leavesBelow(part, known[key], [...path, key]))
  }
  throw new TypeError(`no way to type ${path.join('.')} in`)
}

/** Everything to type in a section, in the order of the document. */
export function policyLeaves(section: keyof Policy, content: Policy): PolicyLeaf[] {
  const shape = policySchema.shape[section].shape as Record<string, z.ZodType>
  const value = content[section] as Record<string, unknown>
  return Object.entries(shape).flatMap(([field, schema]) => leavesBelow(schema, value[field], [field]))
}

/** Name of a leaf in a form; an option of a set has its own box. */
export const leafName = (leaf: PolicyLeaf, option?: string): string =>
  `v.${leaf.path.join('.')}${option === undefined ? '' : `~${option}`}`

/** The stored value at a leaf. */
export function leafValue(section: keyof Policy, content: Policy, leaf: PolicyLeaf): unknown {
  let at: unknown = content[section]
  for (const key of leaf.path) at = at === null || at === undefined ? at : (at as Record<string, unknown>)[key]
  return at
}

type Typed = Record<string, string | undefined>

const numberOf = (text: string): unknown => (/^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text)

function read(leaf: PolicyLeaf, typed: Typed): unknown {
  const text = (typed[leafName(leaf)] ?? '').trim()
  switch (leaf.kind) {
    case 'boolean':
      return ['on', 'true', '1'].includes(text)
    case 'choices':
      return leaf.options.filter((option) => typed[leafName(leaf, option)] !== undefined).map(choiceValue(leaf))
    case 'choice':
      return choiceValue(leaf)(text)
    case 'numbers':
      return text === '' ? [] : text.split(/[\s,，、]+/).map(numberOf)
    case 'text':
      return text === '' && leaf.nullable ? null : text
    default:
      return text === '' && leaf.nullable ? null : numberOf(text)
  }
}

/** Codes of forms and of notice days are numbers. */
const choiceValue =
  (leaf: PolicyLeaf & { options?: string[] }) =>
  (text: string): string | number =>
    leaf.options?.every((option) => /^\d+$/.test(option)) && /^\d+$/.test(text) ? Number(text) : text

function put(target: Record<string, unknown>, [key, ...rest]: string[], value: unknown): void {
  if (key === undefined) return
  if (rest.length === 0) {
    target[key] = value
    return
  }
  const existing = target[key]
  if (existing === null || typeof existing !== 'object') target[key] = {}
  put(target[key] as Record<string, unknown>, rest, value)
}

/** Records typed as leaves come back as records; a nullable record none of whose parts was typed is null. */
function shaped(outer: z.ZodType, value: unknown): unknown {
  const { schema, nullable } = unwrap(outer)
  if (schema instanceof z.ZodArray && value !== null && typeof value === 'object' && !Array.isArray(value))
    return Object.values(value).map((row) => shaped(schema.element as z.ZodType, row))
  if (!(schema instanceof z.ZodObject) || value === null || typeof value !== 'object') return value
  const entries = Object.entries(value as Record<string, unknown>)
  if (nullable && entries.every(([, part]) => part === '' || part === null)) return null
  const shape = schema.shape as Record<string, z.ZodType>
  return Object.fromEntries(entries.map(([key, part]) => [key, shape[key] ? shaped(shape[key], part) : part]))
}

/** Problem at a leaf, by the path inside the section. */
export interface PolicyProblem {
  path: string
  issue: z.core.$ZodIssue
}

/** A section from what was typed, validated; every problem at once. */
export function readPolicySection<S extends keyof Policy>(
  section: S,
  content: Policy,
  typed: Typed,
): { ok: true; value: Policy[S] } | { ok: false; problems: PolicyProblem[] } {
  const draft: Record<string, unknown> = {}
  for (const leaf of policyLeaves(section, content)) put(draft, leaf.path, read(leaf, typed))
  const schema = policySchema.shape[section]
  const parsed = schema.safeParse(shaped(schema, draft))
  if (parsed.success) return { ok: true, value: parsed.data as Policy[S] }
  return { ok: false, problems: parsed.error.issues.map((issue) => ({ path: issue.path.join('.'), issue })) }
}

/** What a form holds for the present content: the inverse of `readPolicySection`. */
export function typedSection(section: keyof Policy, content: Policy): Record<string, string> {
  const typed: Record<string, string> = {}
  for (const leaf of policyLeaves(section, content)) {
    const value = leafValue(section, content, leaf)
    if (leaf.kind === 'choices') {
      for (const option of (value as (string | number)[]).map(String)) typed[leafName(leaf, option)] = 'on'
    } else if (leaf.kind === 'boolean') {
      if (value === true) typed[leafName(leaf)] = 'on'
    } else if (leaf.kind === 'numbers') typed[leafName(leaf)] = (value as number[]).join(' ')
    else typed[leafName(leaf)] = value === null || value === undefined ? '' : String(value)
  }
  return typed
}
