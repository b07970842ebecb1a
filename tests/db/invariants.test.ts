import postgres, { type Sql } from 'postgres'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { INVARIANTS } from '@/db/invariants.ts'
import { sourcesUnder } from '../architecture/sources.ts'
import { aDatabase, type TestDatabase } from '../support/database.ts'
import { rowFor, type Shape, shapes } from './access/fixture.ts'

let db: TestDatabase
let sql: Sql
let all: Map<string, Shape>
beforeAll(async () => {
  db = await aDatabase()
  sql = postgres(db.adminUrl, { max: 1, onnotice: () => {} })
  all = await shapes(sql)
})
afterAll(async () => {
  await sql.end()
  await db.close()
})

type Values = Record<string, unknown>
const quote = (value: unknown) => (value === null ? 'NULL' : `'${String(value).replaceAll("'", "''")}'`)
const insert = (table: string, values: Values) =>
  `INSERT INTO ${table} (${Object.keys(values)
    .map((name) => `"${name}"`)
    .join(', ')}) VALUES (${Object.values(values).map(quote).join(', ')})`
const shapeOf = (table: string): Shape => {
  const shape = all.get(table)
  if (!shape) throw new Error(`no table ${table}`)
  return shape
}
const row = (table: string, whose: 'own' | 'school', more: Values): Values => ({
  ...rowFor(table, shapeOf(table), 'bureau_hr', whose, '').values,
  ...more,
})

/** The constraint that a row breaks, or null; foreign keys and triggers are off, nothing stays. */
async function broken(statements: string[]): Promise<string | null> {
  let name: string | null = null
  await sql
    .begin(async (tx) => {
      await tx.unsafe('SET LOCAL session_replication_role = replica')
      for (const statement of statements)
        await tx
          .savepoint((inner) => inner.unsafe(statement))
          .catch((error) => {
            if (!/^23/.test(error.code)) throw error
            name = error.constraint_name
          })
      throw new Error('take back')
    })
    .catch((error) => {
      if (error.message !== 'take back') throw error
    })
  return name
}

const P1 = '00000000-0000-7000-8000-0000000000a1'
const P2 = '00000000-0000-7000-8000-0000000000a2'

/** One row that breaks the constraint, and the nearest that must be let through. */
const ALONE: [constraint: string, table: string, wrong: Values, right: Values][] = [
  ['role_grants_not_to_oneself', 'role_grants', { user_id: P1, granted_by: P1 }, { user_id: P1, granted_by: P2 }],
  [
    'role_grants_not_confirmed_for_oneself',
    'role_grants',
    { user_id: P1, confirmed_by: P1 },
    { user_id: P1, confirmed_by: P2 },
  ],
  [
    'role_grants_bureau_by_two',
    'role_grants',
    { role: 'bureau_hr', school_id: null, granted_by: P1 },
    { role: 'bureau_hr', school_id: null, granted_by: P1, confirmed_by: P2 },
  ],
  [
    'approvals2_two_people',
    'approvals2',
    { asked_by_person: P1, answered_by_person: P1 },
    { asked_by_person: P1, answered_by_person: P2 },
  ],
  [
    'policies_two_people',
    'policies',
    { prepared_by_person: P1, decided_by_person: P1 },
    { prepared_by_person: P1, decided_by_person: P2 },
  ],
  [
    'exemptions_two_people',
    'exemptions',
    { asked_by_person: P1, decided_by_person: P1 },
    { asked_by_person: P1, decided_by_person: P2 },
  ],
  ['exemptions_ends', 'exemptions', { during: '[2026-09-01,)' }, { during: '[2026-09-01,2026-09-02)' }],
  [
    'public_notices_two_people',
    'public_notices',
    { prepared_by_person: P1, published_by_person: P1 },
    { prepared_by_person: P1, published_by_person: P2 },
  ],
  ['public_notices_five_or_seven_days', 'public_notices', { days: 6 }, { days: 7 }],
  [
    'orders_two_people',
    'orders',
    { prepared_by_person: P1, issued_by_person: P1 },
    { prepared_by_person: P1, issued_by_person: P2 },
  ],
  [
    'after_decisions_two_people',
    'after_decisions',
    { asked_by: P1, answered_by: P1 },
    { asked_by: P1, answered_by: P2 },
  ],
  ['delegations_two_people', 'delegations', { from_user: P1, to_user: P1 }, { from_user: P1, to_user: P2 }],
  [
    'delegations_at_most_30_days',
    'delegations',
    { during: '[2026-09-01,2026-10-02)' },
    { during: '[2026-09-01,2026-10-01)' },
  ],
  ['wishes_at_most_three', 'wishes', { rank: 4 }, { rank: 3 }],
  [
    'rotation_cases_two_schools',
    'rotation_cases',
    { from_school_id: P1, to_school_id: P1 },
    { from_school_id: P1, to_school_id: P2 },
  ],
  [
    'rotation_cases_destination_known',
    'rotation_cases',
    { state: 'checked', to_school_id: null },
    { state: 'origin_approved', to_school_id: null },
  ],
  [
    'rotation_cases_order_of_days',
    'rotation_cases',
    { starts_on: '2026-09-01', ends_on: '2026-08-31' },
    { starts_on: '2026-09-01', ends_on: '2026-09-01' },
  ],
  [
    'rotation_cases_permanent_or_dated',
    'rotation_cases',
    { moves_relation: false, ends_on: null },
    { moves_relation: true, ends_on: null },
  ],
  [
    'reserve_candidates_pooled_dated',
    'reserve_candidates',
    { state: 'pooled', pooled_on: null },
    { state: 'pooled', pooled_on: '2026-09-01' },
  ],
  [
    'reserve_candidates_left_dated',
    'reserve_candidates',
    { state: 'left', left_on: null },
    { state: 'left', left_on: '2026-09-01', left_reason: 'x' },
  ],
]

const YEAR = '[2026-01-01,2027-01-01)'
const NEXT = '[2027-01-01,2028-01-01)'
/** A second row that cannot stand beside the first, and the nearest that can. `same` is what both share. */
const BESIDE: [constraint: string, table: string, same: Values, wrong: Values, right: Values][] = [
  [
    'recusals_once',
    'recusals',
    { user_id: P1, teacher_id: P2 },
    { ended_at: null },
    { ended_at: '2026-10-01T00:00:00Z' },
  ],
  [
    'appointments_one_establishment',
    'appointments',
    { teacher_id: P1, kind: 'establishment' },
    { during: YEAR },
    { during: NEXT },
  ],
  [
    'appointments_full_time_alone',
    'appointments',
    { teacher_id: P1, kind: 'service', part_time: false },
    { during: YEAR },
    { during: NEXT },
  ],
  [
    'appointments_no_mixed_service',
    'appointments',
    { teacher_id: P1, kind: 'service' },
    { part_time: true, during: '[2026-12-31,2027-02-01)' },
    { part_time: true, during: NEXT },
  ],
  ['employments_one_at_a_time', 'employments', { teacher_id: P1 }, { during: YEAR }, { during: NEXT }],
  ['titles_one_at_a_time', 'titles', { teacher_id: P1 }, { during: YEAR }, { during: YEAR, kind: 'appointed' }],
  ['post_grades_one_at_a_time', 'post_grades', { teacher_id: P1 }, { during: YEAR }, { during: NEXT }],
  ['principalships_one_head', 'principalships', { school_id: P1 }, { during: YEAR }, { during: NEXT }],
  ['group_memberships_one_group', 'group_memberships', { school_id: P1 }, { during: YEAR }, { during: NEXT }],
  [
    'studio_memberships_one_host',
    'studio_memberships',
    { studio_id: P1, role: 'host' },
    { during: YEAR },
    { during: NEXT },
  ],
  [
    'studio_memberships_once',
    'studio_memberships',
    { studio_id: P1, teacher_id: P2 },
    { during: YEAR },
    { during: NEXT },
  ],
  ['teachers_staff_no_once', 'teachers', {}, { staff_no: 'A1' }, { staff_no: 'A2' }],
  ['teacher_secrets_person_once', 'teacher_secrets', {}, { id_hash: '\\x01' }, { id_hash: '\\x02' }],
  ['schools_code_once', 'schools', {}, { code: 'A1' }, { code: 'A2' }],
  ['schools_name_once', 'schools', {}, { name: 'A1' }, { name: 'A2' }],
  ['studios_name_once', 'studios', {}, { name: 'A1' }, { name: 'A2' }],
  ['reserve_candidates_number_once', 'reserve_candidates', {}, { number: 'A1' }, { number: 'A2' }],
  ['rotation_rounds_name_once', 'rotation_rounds', { year: 2026 }, { name: 'A1' }, { name: 'A2' }],
  [
    'rotation_cases_one_live',
    'rotation_cases',
    { round_id: P1, teacher_id: P2 },
    { state: 'submitted' },
    { state: 'withdrawn' },
  ],
  [
    'case_decisions_three_people',
    'case_decisions',
    { case_id: P1, pass: 1, role: 'bureau_hr', person_id: P2, part: 'check' },
    { part: 'decide' },
    { part: 'approve' },
  ],
  ['reserve_placements_one_at_a_time', 'reserve_placements', { candidate_id: P1 }, { during: YEAR }, { during: NEXT }],
  [
    'role_grants_one_console',
    'role_grants',
    { person_id: P1, role: 'bureau_admin', school_id: null, granted_by: null },
    { role: 'bureau_auditor', during: YEAR },
    { role: 'bureau_admin', during: NEXT },
  ],
  [
    'role_grants_console_alone',
    'role_grants',
    { person_id: P1, school_id: null, granted_by: null, role: 'bureau_admin' },
    { role: 'bureau_hr', during: YEAR },
    { role: 'bureau_hr', during: NEXT },
  ],
  ['users_login_once', 'users', {}, { login: 'a1' }, { login: 'a2' }],
  ['saved_views_name_once', 'saved_views', { user_id: P1, page: 'p' }, { name: 'A1' }, { name: 'A2' }],
  ['policies_version_once', 'policies', { year: 2026 }, { version: 1 }, { version: 2 }],
  ['orders_number_once', 'orders', { prefix: 'A', year: 2026, state: 'cancelled' }, { serial: 1 }, { serial: 2 }],
  ['orders_one_live', 'orders', { case_id: P1 }, { state: 'prepared' }, { state: 'cancelled' }],
  [
    'vacancies_post_once',
    'vacancies',
    { round_id: P1, school_id: P2, stage: 'P' },
    { subject: 'MATH' },
    { subject: 'CHN' },
  ],
  ['wishes_school_once', 'wishes', { case_id: P1, rank: 1 }, { rank: 2, school_id: P2 }, { rank: 2, school_id: P1 }],
  ['service_assessments_once_a_year', 'service_assessments', { case_id: P1 }, { year: 2026 }, { year: 2027 }],
  ['annual_assessments_once_a_year', 'annual_assessments', { teacher_id: P1 }, { year: 2026 }, { year: 2027 }],
  ['year_closings_once', 'year_closings', {}, { round_id: P1 }, { round_id: P2 }],
  ['postings_start_once', 'postings', { teacher_id: P1 }, { starts_on: '2026-09-01' }, { starts_on: '2026-09-02' }],
]

describe('a row that cannot be, alone', () => {
  test.each(ALONE)('%s', async (constraint, table, wrong, right) => {
    expect(await broken([insert(table, row(table, 'own', wrong))])).toBe(constraint)
    expect(await broken([insert(table, row(table, 'own', right))])).toBeNull()
  })
})

describe('a row that cannot be beside another', () => {
  test.each(BESIDE)('%s', async (constraint, table, same, wrong, right) => {
    const first = insert(table, row(table, 'own', { ...wrongFirst(wrong, same), ...same }))
    expect(await broken([first, insert(table, row(table, 'school', { ...same, ...wrong }))])).toBe(constraint)
    expect(await broken([first, insert(table, row(table, 'school', { ...same, ...right }))])).toBeNull()
  })
})

/** The first row is what the second would double: the same values, where the shared ones do not say otherwise. */
const wrongFirst = (wrong: Values, same: Values): Values => ({
  ...Object.fromEntries(Object.entries(wrong).filter(([name]) => !(name in same))),
  ...('during' in wrong ? { during: YEAR } : {}),
  ...('part_time' in wrong ? { part_time: false } : {}),
})

describe('what a trigger keeps', () => {
  const live = async (statements: string[]): Promise<string | null> => {
    let name: string | null = null
    await sql
      .begin(async (tx) => {
        await tx.unsafe('SET LOCAL session_replication_role = replica')
        for (const table of ['users', 'role_grants', 'districts', 'recusals'])
          await tx.unsafe(insert(table, row(table, 'own', {})))
        // Triggers are on again, foreign keys would miss what was left out: only columns without one are changed.
        await tx.unsafe(
          'ALTER TABLE recusals DISABLE TRIGGER ALL; ALTER TABLE recusals ENABLE TRIGGER recusals_end_guard',
        )
        await tx.unsafe('SET LOCAL session_replication_role = origin')
        for (const statement of statements)
          await tx
            .savepoint((inner) => inner.unsafe(statement))
            .catch((error) => {
              if (!/^23/.test(error.code)) throw error
              name = error.constraint_name
            })
        throw new Error('take back')
      })
      .catch((error) => {
        if (error.message !== 'take back') throw error
      })
    return name
  }
  const HR =
    "SET LOCAL app.role = 'bureau_hr'; SET LOCAL app.district = '00000000-0000-7000-8000-000100000000'; SET LOCAL ROLE jh_app; "
  test.each([
    [
      'role_grants_only_end',
      "UPDATE role_grants SET role = 'principal'",
      "UPDATE role_grants SET during = '[2026-01-01,2026-06-01)'",
    ],
    [
      'role_grants_only_end',
      "UPDATE role_grants SET during = '[2025-01-01,)'",
      'UPDATE role_grants SET ended_at = now()',
    ],
    ['users_identity_fixed', `UPDATE users SET person_id = '${P1}'`, "UPDATE users SET display_name = 'x'"],
    ['users_identity_fixed', "UPDATE users SET login = 'other'", 'UPDATE users SET session_version = 2'],
    ['districts_identity_fixed', 'UPDATE districts SET demo = NOT demo', "UPDATE districts SET name = 'x'"],
    [
      'recusals_ended_by_security',
      `${HR}UPDATE recusals SET ended_at = now()`,
      `${HR}UPDATE recusals SET relation = 'other'`,
    ],
  ])('%s: %s', async (constraint, wrong, right) => {
    expect(await live([wrong])).toBe(constraint)
    expect(await live([right])).toBeNull()
  })
})

test('every invariant is attacked, here or in the test of the command that lives by it', () => {
  const here = new Set<string>([...ALONE.map(([name]) => name), ...BESIDE.map(([name]) => name)])
  const texts = sourcesUnder(['tests'], ['.test.ts']).map(({ text }) => text)
  const missing = Object.entries(INVARIANTS)
    .filter(
      ([name, { code }]) => !here.has(name) && !texts.some((text) => text.includes(`'${name}'`) || text.includes(code)),
    )
    .map(([name]) => name)
  expect(missing).toEqual([])
})
