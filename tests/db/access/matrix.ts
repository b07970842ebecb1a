import type { Sql } from 'postgres'
import {
  ACTORS,
  type ActorName,
  type FixtureRow,
  rowFor,
  type Shape,
  scopeOf,
  shapes,
  TARGETS,
  type TargetName,
} from './fixture.ts'

export const VERBS = ['R', 'C', 'U', 'D'] as const
export type Verb = (typeof VERBS)[number]

/** `table` or `table[column=value,…]` → role → what it may: `R:osd C:o` (own, own school, district). Missing = refused. */
export type Expected = Record<string, Record<string, string>>

const LETTER: Record<TargetName, string> = { own: 'o', school: 's', district: 'd', other: 'x' }
const quote = (value: unknown) => (value === null ? 'NULL' : `'${String(value).replaceAll("'", "''")}'`)

/** What an UPDATE must set where a policy looks at the new row; elsewhere a column is set to itself. */
const UPDATE_SET: Record<string, (own: FixtureRow) => string> = {
  approvals2: (own) =>
    `answered_by = ${quote(own.values.asked_by)}, answered_by_person = ${quote(own.values.asked_by_person)}`,
  exemptions: () => "state = 'withdrawn'",
  exchange_consents: () => "agreed = true, answered_at = '2026-10-02T00:00:00Z'",
  role_grants: (own) => `ended_by = ${quote(own.values.user_id)}`,
}

export interface Entry {
  name: string
  table: string
  variant: string
}

export function entryOf(name: string): Entry {
  const [, table, variant] = /^(\w+)(?:\[(.*)\])?$/.exec(name) ?? []
  return { name, table: table ?? '', variant: variant ?? '' }
}

/** The columns of security.md §2.3, and the visitor. */
const SHORT: Record<string, ActorName> = {
  adm: 'bureau_admin',
  sec: 'bureau_security',
  aud: 'bureau_auditor',
  hr: 'bureau_hr',
  rev: 'bureau_reviewer',
  res: 'researcher',
  pri: 'principal',
  sch: 'school_hr',
  tea: 'teacher',
  ano: 'anonymous',
}
const SIGNED_IN = Object.keys(SHORT).filter((short) => short !== 'ano')

/** The compact notation, unfolded into one cell each. */
export function expand(expected: Expected): Set<string> {
  const cells = new Set<string>()
  for (const [name, roles] of Object.entries(expected)) {
    for (const [role, text] of Object.entries(roles)) {
      for (const short of role === '*' ? SIGNED_IN : role.split(','))
        for (const part of text.split(' ').filter(Boolean)) {
          const [verb, letters = ''] = part.split(':')
          for (const letter of letters) cells.add(`${name} ${SHORT[short]} ${verb} ${letter}`)
        }
    }
  }
  return cells
}

interface Prepared {
  shapes: Map<string, Shape>
  updatable: Map<string, string[]>
}

/** Fills the tables with one row for each actor and target, past every trigger and foreign key. */
export async function prepareMatrix(sql: Sql): Promise<Prepared> {
  const all = await shapes(sql)
  const rights = await sql<{ t: string; c: string }[]>`
    SELECT c.relname AS t, a.attname AS c FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' AND a.attidentity = ''
    WHERE n.nspname = 'public' AND c.relkind = 'r' AND has_column_privilege('jh_app', c.oid, a.attnum, 'UPDATE')`
  await sql.begin(async (tx) => {
    await tx.unsafe('SET LOCAL session_replication_role = replica')
    const broken: string[] = []
    for (const [table, shape] of all) {
      const seen = new Set<string>()
      for (const actor of ACTORS)
        for (const target of TARGETS) {
          const row = rowFor(table, shape, actor, target, '')
          const key = row.key.map((column) => row.values[column]).join('|')
          if (seen.has(key)) continue
          seen.add(key)
          try {
            await tx.savepoint((inner) => inner.unsafe(insertText(row)))
          } catch (error) {
            broken.push(`${table} ${actor} ${target}: ${(error as Error).message}`)
          }
        }
    }
    if (broken.length > 0) throw new Error(`rows that could not be made:\n${broken.join('\n')}`)
    // A trigger that fires before the policies would be mistaken for a constraint behind them; they have tests of their own.
    for (const table of all.keys()) await tx.unsafe(`ALTER TABLE ${table} DISABLE TRIGGER USER`)
    await tx.unsafe(`CREATE FUNCTION matrix_try(statement text) RETURNS text LANGUAGE plpgsql AS $$
      DECLARE n bigint;
      BEGIN
        EXECUTE statement;
        GET DIAGNOSTICS n = ROW_COUNT;
        RAISE EXCEPTION USING ERRCODE = 'ZZ001', MESSAGE = n::text;
      EXCEPTION
        WHEN SQLSTATE 'ZZ001' THEN RETURN SQLERRM;
        WHEN insufficient_privilege THEN RETURN 'refused';
        WHEN OTHERS THEN RETURN SQLSTATE || ' ' || SQLERRM;
      END $$; GRANT EXECUTE ON FUNCTION matrix_try(text) TO jh_app`)
  })
  const updatable = new Map<string, string[]>()
  for (const { t, c } of rights) updatable.set(t, [...(updatable.get(t) ?? []), c])
  return { shapes: all, updatable }
}

const insertText = (row: FixtureRow) =>
  `INSERT INTO ${row.table} (${Object.keys(row.values)
    .map((name) => `"${name}"`)
    .join(', ')}) VALUES (${Object.values(row.values).map(quote).join(', ')})`
const whereKey = (row: FixtureRow) =>
  row.key.map((column) => `"${column}" = ${quote(row.values[column])}`).join(' AND ')

function statementOf(verb: Verb, row: FixtureRow, own: FixtureRow, prepared: Prepared): string | null {
  if (verb === 'R') return `SELECT 1 FROM ${row.table} WHERE ${whereKey(row)}`
  if (verb === 'C') return insertText(row)
  if (verb === 'D') return `DELETE FROM ${row.table} WHERE ${whereKey(row)}`
  const free = prepared.updatable.get(row.table) ?? []
  const column = free.find((name) => !row.key.includes(name)) ?? free[0]
  if (!column) return null
  const set = UPDATE_SET[row.table]?.(own) ?? `"${column}" = "${column}"`
  return `UPDATE ${row.table} SET ${set} WHERE ${whereKey(row)}`
}

/** A row reached, or a constraint behind the policies: the policies let it through. */
function isAllowed(answer: string): boolean {
  if (answer === 'refused' || answer === '0') return false
  if (/^\d+$/.test(answer) || answer.startsWith('23')) return true
  throw new Error(`a cell could not be tried: ${answer}`)
}

/** Tries every verb on every target as one actor; gives the cells that went through, in the notation of `expand`. */
export async function tryActor(
  sql: Sql,
  prepared: Prepared,
  entries: Entry[],
  actor: ActorName,
): Promise<{ allowed: string[]; tried: number }> {
  const cells: { name: string; statement: string }[] = []
  const adjust: string[] = []
  for (const { name, table, variant } of entries) {
    const shape = prepared.shapes.get(table)
    if (!shape) throw new Error(`the matrix names a table that is not there: ${table}`)
    const own = rowFor(table, shape, actor, 'own', variant)
    for (const target of TARGETS) {
      const row = rowFor(table, shape, actor, target, variant)
      if (variant) {
        const changed = variant.split(',').map((pair) => pair.split('=')[0] ?? '')
        adjust.push(
          `UPDATE ${table} SET ${changed.map((column) => `"${column}" = ${quote(row.values[column])}`).join(', ')} WHERE ${whereKey(row)}`,
        )
      }
      for (const verb of VERBS) {
        const statement = statementOf(verb, row, own, prepared)
        if (statement) cells.push({ name: `${name} ${actor} ${verb} ${LETTER[target]}`, statement })
      }
    }
  }
  let answers: { answer: string }[] = []
  await sql
    .begin(async (tx) => {
      if (adjust.length > 0)
        await tx.unsafe(
          `SET LOCAL session_replication_role = replica; ${adjust.join('; ')}; SET LOCAL session_replication_role = origin`,
        )
      await tx.unsafe(`SET LOCAL ROLE jh_app; ${scopeOf(actor)}`)
      answers = await tx<{ answer: string }[]>`
        SELECT matrix_try(statement) AS answer FROM unnest(${cells.map((cell) => cell.statement)}::text[]) WITH ORDINALITY AS s(statement, i) ORDER BY i`
      throw new Error('take back')
    })
    .catch((error) => {
      if (error.message !== 'take back') throw error
    })
  const allowed = cells.flatMap(({ name }, at) => {
    try {
      return isAllowed(answers[at]?.answer ?? '') ? [name] : []
    } catch (error) {
      throw new Error(`${name}: ${(error as Error).message}`)
    }
  })
  return { allowed, tried: cells.length }
}
