import { and, inArray, sql } from 'drizzle-orm'
import { appointments, principalships, schools, teachers } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import type { Finding } from '../../../platform/workbook/finding.ts'
import type { MappingOverride } from '../../../platform/workbook/header.ts'
import type { SheetData } from '../../../platform/workbook/sheet.ts'
import { isOwnTitle, readSheetMarks } from '../../../platform/workbook/write-sheet.ts'
import type { SchoolId, TeacherId } from '../../../rules/values/ids.ts'
import type { RefusedRow, SheetColumns, Skipped } from '../parsed.ts'
import type { PlanContext } from '../plan/person-context.ts'
import { knownPeople } from '../plan/read-people.ts'
import { RegisterPlanner, type RegisterRow } from '../plan/register-plan.ts'
import { RosterPlanner } from '../plan/roster-plan.ts'
import type { MissingRow } from '../plan/whole-plan.ts'
import { type Entry, type ImportKind, readEntries } from './entries.ts'
import { fillFromMarks } from './fill-from-marks.ts'
import { type Counts, type DryRunSink, Tally } from './tally.ts'
import { wholePlanner } from './whole-planner.ts'

export interface DryRunInput {
  kind: ImportKind
  sheets: SheetData[]
  mapping: MappingOverride
  onlySchool: SchoolId | null
  context: Omit<PlanContext, 'schoolIdOf' | 'nameOf'>
}

export interface DryRunReport {
  counts: Counts
  columns: SheetColumns<string>[]
  skipped: Skipped[]
  /** Of no row that was read: a missing column, a sheet without a header. */
  notes: Finding[]
  writtenAt: string | null
}

/** Kinds of our exports that hold what a filter showed. */
const FILTERED = ['teachers', 'reserve']

/** The schools of the register, as reading recognises them and planning stores them. */
export async function knownSchools(tx: Tx) {
  const rows = await tx
    .select({
      id: schools.id,
      code: schools.code,
      name: schools.name,
      shortName: schools.shortName,
      aliases: schools.aliases,
      branchOf: schools.branchOf,
    })
    .from(schools)
  const names = new Map(rows.map(({ id, name }) => [id, name]))
  const ids = new Map(rows.map(({ id, name }) => [name, id]))
  return {
    list: rows.map((row) => ({ ...row, branchOf: row.branchOf ? (names.get(row.branchOf) ?? null) : null })),
    nameOf: (id: SchoolId) => names.get(id) ?? null,
    schoolIdOf(name: string): SchoolId {
      const id = ids.get(name)
      if (!id) throw new RangeError(`no such school: ${name}`)
      return id
    },
    idOf: (name: string) => ids.get(name) ?? null,
  }
}

/** Who heads which school on the workbook's day. */
export async function headsOn(tx: Tx, on: string): Promise<Map<SchoolId, TeacherId>> {
  const rows = await tx
    .select({ schoolId: principalships.schoolId, teacherId: principalships.teacherId })
    .from(principalships)
    .where(sql`${principalships.validTo} > ${on}`)
  return new Map(rows.map(({ schoolId, teacherId }) => [schoolId, teacherId]))
}

/** Compares a workbook with the register: what each row would do, without doing it. Reads only; the sink keeps. */
export async function dryRun(tx: Tx, input: DryRunInput, sink: DryRunSink): Promise<DryRunReport> {
  const { kind, onlySchool } = input
  const schoolsKnown = await knownSchools(tx)
  const context: PlanContext = { ...input.context, ...schoolsKnown }
  const marks = readSheetMarks(input.sheets)
  const writtenAt = marks?.writtenAt ?? null
  // A list of ours under a filter is no whole of anything: nobody is missed in it
  const isPart = marks !== null && FILTERED.includes(marks.kind)
  // A workbook of ours says itself what its columns are, in whatever language it was written
  const mapping = { ...input.mapping, byTitle: { ...input.mapping.byTitle, ...marks?.byTitle } }
  if (kind === 'roster') await fillFromMarks(tx, context.keys, input.sheets, mapping)
  const read = readEntries(kind, input.sheets, {
    schools: schoolsKnown.list,
    statisticsDate: context.on,
    mapping,
    isKnown: await knownPeople(tx, context.keys),
  })
  // What was read is in the entries now
  input.sheets.length = 0
  await sink.progress(40)
  const run = new Tally(sink, read.findings, read.entries.length + read.refusedRows.length, lettersOf(read.columns))
  // From here on findings leave with their rows
  read.findings.length = 0
  const whole = wholePlanner(kind, context, { withOps: false, writtenAt, chosen: new Map() })
  if (whole) {
    await run.take(await whole.plan(tx, read.entries), read.entries)
    if (!isPart) await run.missing(await whole.missing(tx, read.entries, read.refusedRows))
  } else if (kind === 'roster') {
    const planner = new RosterPlanner(
      context,
      { writtenAt, chosen: new Map(), onlySchool, withOps: false },
      await headsOn(tx, context.on),
    )
    const present = new Set<TeacherId>()
    await run.pieces(
      read.entries as (Entry & { kind: 'roster' })[],
      (piece) => planner.read(tx, piece),
      (piece, onFile) => {
        const plans = planner.compare(piece, onFile)
        for (const { teacherId } of plans) if (teacherId) present.add(teacherId)
        return plans
      },
    )
    await run.late(planner.headships.settle().findings)
    if (!isPart) await run.missing(await missingPeople(tx, context, planner.schools, present, read.refusedRows))
  } else {
    const planner = new RegisterPlanner(context, { withOps: false })
    await run.pieces(
      read.entries as RegisterRow[],
      (piece) => planner.plan(tx, piece),
      (_, plans) => plans,
    )
  }
  await run.refused(read.refusedRows)
  const { skipped } = read
  // What a workbook of ours does not have read back is settled: nobody is asked what it means
  const columns = read.columns.map((sheet) => ({
    ...sheet,
    columns: sheet.columns.filter(({ field, title }) => field !== null || !isOwnTitle(marks, title)),
  }))
  // A column that only new people need is not missed where everybody is known
  const notes = run
    .notes()
    .filter(
      ({ code }) => code !== 'E-COLUMN-MISSING' || run.counts.refused + run.counts.rows === 0 || run.counts.refused > 0,
    )
  return { counts: run.counts, columns, skipped, notes, writtenAt }
}

/** `sheet field` → letter of its column. */
const lettersOf = (sheets: readonly SheetColumns<string>[]): Map<string, string> =>
  new Map(
    sheets.flatMap(({ sheet, columns }) => columns.map(({ field, letter }) => [`${sheet} ${field}`, letter] as const)),
  )

/** On file at a school of the workbook and not in it: a question, never a deletion. Who is refused is in it. */
async function missingPeople(
  tx: Tx,
  { on, keys, schoolIdOf, nameOf }: PlanContext,
  names: ReadonlySet<string>,
  present: ReadonlySet<TeacherId>,
  refused: readonly RefusedRow[],
): Promise<MissingRow[]> {
  const inFile = new Set([...names, ...refused.map(({ school }) => school ?? '')].filter((name) => name !== ''))
  if (inFile.size === 0) return []
  const rows = await tx
    .select({
      id: teachers.id,
      name: teachers.name,
      schoolId: appointments.schoolId,
      hash: sql<string>`(SELECT encode(s.id_hash, 'base64') FROM teacher_secrets s WHERE s.district_id = ${teachers.districtId} AND s.teacher_id = ${teachers.id})`,
    })
    .from(appointments)
    .innerJoin(
      teachers,
      and(sql`${teachers.districtId} = ${appointments.districtId}`, sql`${teachers.id} = ${appointments.teacherId}`),
    )
    .where(
      and(
        sql`${appointments.kind} = 'establishment' AND ${appointments.validFrom} <= ${on} AND ${appointments.validTo} > ${on}`,
        inArray(appointments.schoolId, [...inFile].map(schoolIdOf)),
        sql`${teachers.leftOn} IS NULL`,
      ),
    )
    .orderBy(appointments.schoolId, teachers.staffNo)
  const hashes = new Set(
    refused.flatMap(({ idNumber }) => (idNumber ? [keys.lookup('idNumber', idNumber).toString('base64')] : [])),
  )
  const named = new Set(refused.map(({ name, school }) => `${name} ${school ?? ''}`))
  return rows
    .filter(({ id, hash, name, schoolId }) => {
      const at = nameOf(schoolId) ?? ''
      return !present.has(id) && !hashes.has(hash) && !named.has(`${name} ${at}`) && !named.has(`${name} `)
    })
    .map(({ id, name, schoolId }) => ({ id, label: name, schoolName: nameOf(schoolId), teacherId: id }))
}
