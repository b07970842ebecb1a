import type { Sql } from 'postgres'
import { ROLES } from '../../../lib/rules/access/roles.ts'

/** Who tries: the nine roles, a visitor, and one whose transaction has no scope at all. */
export const ACTORS = [...ROLES, 'anonymous', 'unscoped'] as const
export type ActorName = (typeof ACTORS)[number]
/** own row · another of the own school · of another school · own row's twin in another district. */
export const TARGETS = ['own', 'school', 'district', 'other'] as const
export type TargetName = (typeof TARGETS)[number]

export const DISTRICT = uuid(1, 0)
export const OTHER_DISTRICT = uuid(2, 0)
export const TODAY = '2026-10-15'

function uuid(kind: number, n: number): string {
  return `00000000-0000-7000-8000-${kind.toString(16).padStart(4, '0')}${n.toString(16).padStart(8, '0')}`
}

const SCHOOL_A = uuid(3, 1)
const SCHOOL_B = uuid(3, 2)
/** People of the fixture by number: one an actor, then a colleague at school A and one at school B. */
const COLLEAGUE = 90
const STRANGER = 91

/** The ids a row of a target is made of. Number = the person the row belongs to. */
function idsOf(actor: ActorName, target: TargetName) {
  const number = target === 'school' ? COLLEAGUE : target === 'district' ? STRANGER : ACTORS.indexOf(actor) + 1
  return {
    number,
    user: uuid(4, number),
    person: uuid(5, number),
    teacher: uuid(6, number),
    school: target === 'district' ? SCHOOL_B : SCHOOL_A,
    row: (kind: number) => uuid(kind, number),
  }
}
type Ids = ReturnType<typeof idsOf>

interface Column {
  name: string
  type: string
  required: boolean
}

/** Columns whose value follows from whose row it is, by their name. */
const BY_NAME: [RegExp, (ids: Ids) => string][] = [
  [
    /^(user_id|by_user|asked_by|declared_by|from_user|uploaded_by|entered_by|created_by|changed_by|requested_by|prepared_by|decided_by|closed_by|proposed_by|actor_user_id|handler_id)$/,
    (ids) => ids.user,
  ],
  [/^(person_id|asked_by_person|prepared_by_person|decided_by_person|handler_person)$/, (ids) => ids.person],
  [/^teacher_id$/, (ids) => ids.teacher],
  [/^(school_id|from_school_id|founded_at)$/, (ids) => ids.school],
  [/^case_id$/, (ids) => ids.row(10)],
  [/^notice_id$/, (ids) => ids.row(11)],
  [/^batch_id$/, (ids) => ids.row(12)],
  [/^round_id$/, (ids) => ids.row(13)],
  [/^objection_id$/, (ids) => ids.row(14)],
  [/^candidate_id$/, (ids) => ids.row(15)],
  [/^(policy_id)$/, (ids) => ids.row(16)],
  [/^grant_id$/, (ids) => ids.row(17)],
]
/** Tables that others point at: their own id is the one of that kind. */
const OWN_ID: Record<string, number> = {
  users: 4,
  teachers: 6,
  rotation_cases: 10,
  public_notices: 11,
  import_batches: 12,
  rotation_rounds: 13,
  objections: 14,
  reserve_candidates: 15,
  policies: 16,
  role_grants: 17,
}

/** A year that no other row has: one school has one group and one head on any day. */
const yearAlone = (n: number) => `[${1900 + n}-01-01,${1901 + n}-01-01)`

/** Values a CHECK or a meaning demands; `n` makes what must be unique differ. */
const SPECIAL: Record<string, (ids: Ids, n: number) => Record<string, unknown>> = {
  role_grants: (ids) => ({
    role: 'school_hr',
    school_id: ids.school,
    flags: '{}',
    during: '[2026-01-01,)',
    granted_by: uuid(4, 99),
  }),
  teacher_access: () => ({ why: 'appointment', until: 'infinity' }),
  sessions: () => ({ ended_at: '2026-10-01T00:00:00Z' }),
  audit_events: () => ({ outcome: 'done', resource: 'teacher' }),
  files: () => ({ owner_kind: 'import_batch' }),
  import_batches: () => ({ kind: 'roster', state: 'uploaded' }),
  jobs: () => ({ state: 'waiting' }),
  approvals2: () => ({
    answered_by: null,
    answered_by_person: null,
    verdict: null,
    expires_at: '2026-10-01T00:00:00Z',
  }),
  group_memberships: (_, n) => ({ during: yearAlone(n) }),
  principalships: (_, n) => ({ during: yearAlone(n) }),
  equity_readings: () => ({ basis: 'relation', stage: 'P', indicator: 2 }),
  schools: (_ids, n) => ({
    kind: 'primary',
    locality: 'urban',
    id: n === 1 ? SCHOOL_A : n === 2 ? SCHOOL_B : uuid(3, 100 + n),
  }),
  school_years: (_, n) => ({ year: 2000 + n, classes: '{1,1,1,1,1,1,0,0,0}', closed_at: null }),
  school_pairings: () => ({ partner_id: uuid(3, 9) }),
  teachers: () => ({ sex: 'F' }),
  employments: () => ({ form: 'in', category: 'teacher', status: 'on_post', post_kind: null }),
  appointments: () => ({ kind: 'service', during: '[2020-01-01,)' }),
  leaves: () => ({ kind: 'maternity', starts_on: '2026-01-01', ends_on: null }),
  disciplinary_periods: () => ({ kind: 'warning' }),
  annual_assessments: (_, n) => ({ year: 2000 + n, result: 'pass' }),
  titles: () => ({ title: 'first', kind: 'held' }),
  post_grades: () => ({ grade: 9 }),
  honours: () => ({ kind: 'backbone', level: 'county' }),
  certificates: () => ({ kind: 'primary' }),
  correction_requests: () => ({ state: 'requested' }),
  collection_schools: () => ({ state: 'open' }),
  studios: () => ({ level: 'county', kind: 'subject' }),
  studio_memberships: () => ({ role: 'member' }),
  reserve_candidates: () => ({ channel: 'campus', state: 'applied' }),
  reserve_placements: () => ({ basis: 'labour' }),
  policies: (_, n) => ({ state: 'draft', version: n, decided_by_person: null, decided_by: null }),
  rotation_rounds: () => ({ state: 'open', kind: 'regular', apply_until: '2026-10-01' }),
  roll_entries: () => ({ state: 'eligible' }),
  exemptions: () => ({
    outcome: 'deferred',
    state: 'asked',
    during: '[2026-09-01,2027-09-01)',
    decided_by_person: null,
    decided_by: null,
  }),
  vacancies: () => ({ state: 'suggested' }),
  decision_batches: () => ({ overrule_confirmed_by: null }),
  rotation_cases: () => ({
    state: 'submitted',
    form: 3,
    moves_relation: true,
    source: 'applied',
    to_school_id: uuid(3, 9),
  }),
  wishes: () => ({ rank: 1 }),
  case_decisions: (_ids) => ({ part: 'note', role: 'system', to_state: 'submitted', side: 'own' }),
  delegations: () => ({ to_user: uuid(4, 98), during: '[2026-10-01,2026-10-10)', ended_at: null }),
  recusals: () => ({ ended_at: null, ended_by: null, relation: 'sibling' }),
  public_notices: () => ({ state: 'draft', kind: 'first', days: 5, published_by_person: null }),
  objections: () => ({ state: 'open', handler_person: null, decided_by: null }),
  orders: () => ({ kind: 'posting', state: 'issued', issued_by: uuid(4, 99), issued_by_person: null }),
  after_decisions: () => ({ kind: 'revoke', answered_by: uuid(4, 99) }),
  postings: () => ({ form: 3, to_school_id: uuid(3, 9), moves_relation: true }),
  service_assessments: () => ({ result: 'pass' }),
  scenarios: () => ({ state: 'draft' }),
  working_days: (_, n) => ({ year: 2000 + n, off: '{}', working: '{}' }),
  export_log: (ids) => ({ teacher_ids: `{${ids.teacher}}` }),
}

function plainValue(type: string, name: string, ids: Ids, n: number): unknown {
  if (type === 'uuid') return uuid(50, ids.number * 1000 + n)
  if (type === 'text') return `${name} ${ids.number}`
  if (/^(integer|bigint|smallint|double precision)$/.test(type)) return n
  if (type === 'boolean') return false
  if (type === 'date') return '2026-01-01'
  if (type.startsWith('timestamp')) return '2026-10-01T00:00:00Z'
  if (type === 'jsonb') return '{}'
  if (type === 'daterange') return '[2026-01-01,2027-01-01)'
  if (type === 'bytea') return `\\x${ids.number.toString(16).padStart(4, '0')}${n.toString(16).padStart(4, '0')}`
  if (type.startsWith('ARRAY') || type.endsWith('[]')) return '{}'
  throw new Error(`no value for a column of type ${type}`)
}

export interface FixtureRow {
  table: string
  variant: string
  actor: ActorName
  target: TargetName
  /** Values by column, generated columns left out. */
  values: Record<string, unknown>
  key: string[]
}

export interface Shape {
  columns: Column[]
  key: string[]
}

/** Columns (without generated ones) and primary key of every table, from the database itself. */
export async function shapes(sql: Sql): Promise<Map<string, Shape>> {
  const columns = await sql<{ t: string; name: string; type: string; required: boolean }[]>`
    SELECT table_name AS t, column_name AS name, data_type AS type, is_nullable = 'NO' AND column_default IS NULL AS required
    FROM information_schema.columns WHERE table_schema = 'public' AND is_generated = 'NEVER' AND is_identity = 'NO'
    ORDER BY table_name, ordinal_position`
  const keys = await sql<{ t: string; key: string[] }[]>`
    SELECT c.conrelid::regclass::text AS t, ARRAY(SELECT a.attname::text FROM unnest(c.conkey) WITH ORDINALITY k(n, i)
      JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.n ORDER BY k.i) AS key
    FROM pg_constraint c JOIN pg_namespace n ON n.oid = c.connamespace WHERE c.contype = 'p' AND n.nspname = 'public'`
  return new Map(keys.map(({ t, key }) => [t, { key, columns: columns.filter((column) => column.t === t) }]))
}

/** Words a variant may use beside plain values. Nobody grants to themself, so `actor` is somebody else on the own row. */
function meaning(value: string, ids: Ids, actor: string): unknown {
  if (value === 'null') return null
  if (value === 'school') return ids.school
  if (value === 'actor') return actor === ids.user ? uuid(4, 99) : actor
  return value
}

/** The row of a table that stands for a target of an actor; `variant` sets columns, e.g. `state=published`. */
export function rowFor(table: string, shape: Shape, actor: ActorName, target: TargetName, variant: string): FixtureRow {
  const ids = idsOf(actor, target)
  const n = ids.number
  const special: Record<string, unknown> = { ...SPECIAL[table]?.(ids, n) }
  for (const pair of variant.split(',').filter(Boolean)) {
    const [name, value] = pair.split('=')
    if (name) special[name] = meaning(value ?? '', ids, idsOf(actor, 'own').user)
  }
  const values: Record<string, unknown> = {}
  for (const column of shape.columns) {
    const own = BY_NAME.find(([pattern]) => pattern.test(column.name))
    if (column.name === 'district_id' || (table === 'districts' && column.name === 'id'))
      values[column.name] = target === 'other' ? OTHER_DISTRICT : DISTRICT
    else if (column.name in special) values[column.name] = special[column.name]
    else if (column.name === 'id' && OWN_ID[table]) values.id = ids.row(OWN_ID[table])
    else if (own && column.type === 'uuid') values[column.name] = own[1](ids)
    else if (column.required) values[column.name] = plainValue(column.type, column.name, ids, n)
  }
  if (table === 'districts') values.code = target === 'other' ? '000002' : '000001'
  return { table, variant, actor, target, values, key: shape.key }
}

/** Scope of an actor as the product would set it, for one transaction. */
export function scopeOf(actor: ActorName): string {
  if (actor === 'unscoped') return 'SELECT 1'
  const ids = idsOf(actor, 'own')
  const settings: Record<string, string> = { district: DISTRICT, today: TODAY, role: actor }
  if (actor === 'anonymous') settings.login = `login ${ids.number}`
  else {
    settings.user_id = ids.user
    settings.person_id = ids.person
    settings.grant_id = ids.row(17)
    settings.schools = actor === 'principal' || actor === 'school_hr' ? `{${SCHOOL_A}}` : '{}'
    settings.flags = '{}'
    if (actor === 'teacher') settings.teacher_id = ids.teacher
  }
  return Object.entries(settings)
    .map(([name, value]) => `SET LOCAL app.${name} = '${value}'`)
    .join('; ')
}
