import { and, gt, isNull, ne, or, sql } from 'drizzle-orm'
import { isAmong, isDigest, isText } from '@/db/among.ts'
import {
  annualAssessments,
  appointments,
  certificates,
  employments,
  fieldChanges,
  honours,
  importBatches,
  postGrades,
  principalships,
  teacherSecrets,
  teachers,
  titles,
} from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import type { Keyring } from '../../../platform/crypto.ts'
import { groupBy } from '../../../rules/values/group-by.ts'
import type { TeacherId } from '../../../rules/values/ids.ts'
import type { StoredPerson } from './stored-person.ts'

const openCell = (keys: Keyring, column: string, rowId: string, cell: Buffer | null): string | null =>
  cell === null ? null : keys.open({ table: 'teacher_secrets', column, rowId }, cell)

/** People by the digest of their ID number, in hex. */
export type PeopleByDigest = ReadonlyMap<string, StoredPerson>

const digestOf = ({ secrets }: StoredPerson) => secrets.idHash.toString('hex')

/**
 * The people of these ID numbers as the register has them, by ID number, in one query a table however many they are.
 * @param idNumbers of one piece of a workbook; a long workbook asks piece by piece
 * @param ahead people read before, who are not asked for again
 */
export async function readPeople(
  tx: Tx,
  keys: Keyring,
  idNumbers: readonly string[],
  ahead: PeopleByDigest = new Map(),
): Promise<Map<string, StoredPerson>> {
  const byDigest = new Map(idNumbers.map((idNumber) => [keys.lookup('idNumber', idNumber).toString('hex'), idNumber]))
  const people = [...byDigest.keys()].flatMap((digest) => ahead.get(digest) ?? [])
  if (people.length < byDigest.size) {
    const others = [...byDigest.keys()].filter((digest) => !ahead.has(digest))
    const secrets = await tx.select().from(teacherSecrets).where(isDigest(teacherSecrets.idHash, others))
    people.push(...(await peopleRows(tx, keys, secrets)))
  }
  return new Map(people.map((person) => [byDigest.get(digestOf(person))!, person]))
}

/** People read at a time ahead of a workbook. */
const AHEAD = 2000

/**
 * Everybody on file, read while a workbook is still being read, as far as it comes.
 * @param most people worth it; of a register with more nobody is read
 * @param isEnough asked between pieces: the workbook is there, and says itself whom it names
 */
export async function readAhead(tx: Tx, keys: Keyring, most: number, isEnough: () => boolean): Promise<PeopleByDigest> {
  const ahead = new Map<string, StoredPerson>()
  const secrets = await tx
    .select()
    .from(teacherSecrets)
    .limit(most + 1)
  for (let at = 0; secrets.length <= most && at < secrets.length && !isEnough(); at += AHEAD) {
    const people = await peopleRows(tx, keys, secrets.slice(at, at + AHEAD))
    for (const person of people) ahead.set(digestOf(person), person)
  }
  return ahead
}

/** The rows of known people by their ids. */
export async function readPeopleById(tx: Tx, keys: Keyring, ids: readonly TeacherId[]): Promise<StoredPerson[]> {
  if (ids.length === 0) return []
  const secrets = await tx.select().from(teacherSecrets).where(isAmong(teacherSecrets.teacherId, ids))
  return peopleRows(tx, keys, secrets)
}

async function peopleRows(
  tx: Tx,
  keys: Keyring,
  secrets: (typeof teacherSecrets.$inferSelect)[],
): Promise<StoredPerson[]> {
  if (secrets.length === 0) return []
  const ids = secrets.map(({ teacherId }) => teacherId)
  const [people, jobs, posts, titled, grades, honoured, certified, assessed, heads] = await Promise.all([
    tx.select().from(teachers).where(isAmong(teachers.id, ids)),
    tx.select().from(employments).where(isAmong(employments.teacherId, ids)),
    tx.select().from(appointments).where(isAmong(appointments.teacherId, ids)),
    tx.select().from(titles).where(isAmong(titles.teacherId, ids)),
    tx.select().from(postGrades).where(isAmong(postGrades.teacherId, ids)),
    tx.select().from(honours).where(isAmong(honours.teacherId, ids)),
    tx.select().from(certificates).where(isAmong(certificates.teacherId, ids)),
    tx.select().from(annualAssessments).where(isAmong(annualAssessments.teacherId, ids)),
    tx.select().from(principalships).where(isAmong(principalships.teacherId, ids)),
  ])
  const persons = new Map(people.map((row) => [row.id, row]))
  const byTeacher = <T extends { teacherId: TeacherId }>(rows: T[]) => groupBy(rows, (row) => row.teacherId)
  const employmentsOf = byTeacher(jobs)
  const appointmentsOf = byTeacher(posts)
  const titlesOf = byTeacher(titled)
  const gradesOf = byTeacher(grades)
  const honoursOf = byTeacher(honoured)
  const certificatesOf = byTeacher(certified)
  const assessmentsOf = byTeacher(assessed)
  const headsOf = byTeacher(heads)
  return secrets.flatMap((row): StoredPerson[] => {
    const teacher = persons.get(row.teacherId)
    if (!teacher) return []
    const id = row.teacherId
    return [
      {
        teacher,
        secrets: row,
        phone: openCell(keys, 'phone', id, row.phone),
        certificateNo: openCell(keys, 'certificate_no', id, row.certificateNo),
        employments: employmentsOf.get(id) ?? [],
        appointments: appointmentsOf.get(id) ?? [],
        titles: titlesOf.get(id) ?? [],
        postGrades: gradesOf.get(id) ?? [],
        honours: honoursOf.get(id) ?? [],
        certificates: certificatesOf.get(id) ?? [],
        assessments: assessmentsOf.get(id) ?? [],
        principalships: headsOf.get(id) ?? [],
      },
    ]
  })
}

/** Digests of every ID number on file: whether a row is about a known person is asked while it is read. */
export async function knownPeople(tx: Tx, keys: Keyring): Promise<(idNumber: string) => boolean> {
  const rows = await tx.select({ hash: sql<string>`encode(${teacherSecrets.idHash}, 'base64')` }).from(teacherSecrets)
  if (rows.length === 0) return () => false
  const known = new Set(rows.map(({ hash }) => hash))
  return (idNumber) => known.has(keys.lookup('idNumber', idNumber).toString('base64'))
}

/** Whom these staff numbers belong to. */
export async function staffNumbers(tx: Tx, numbers: readonly string[]): Promise<Map<string, TeacherId>> {
  if (numbers.length === 0) return new Map()
  const rows = await tx
    .select({ id: teachers.id, staffNo: teachers.staffNo })
    .from(teachers)
    .where(isText(teachers.staffNo, numbers))
  return new Map(rows.map((row) => [row.staffNo, row.id]))
}

/** Fields of each person's own rows changed since a moment, by hand or by an import that still stands. */
export async function touchedSince(
  tx: Tx,
  ids: readonly TeacherId[],
  since: string,
): Promise<Map<TeacherId, Set<string>>> {
  if (ids.length === 0) return new Map()
  const undone = tx.select({ id: importBatches.id }).from(importBatches).where(sql`${importBatches.state} = 'undone'`)
  const rows = await tx
    .select({ teacherId: fieldChanges.teacherId, entity: fieldChanges.entity, field: fieldChanges.field })
    .from(fieldChanges)
    .where(
      and(
        isAmong(fieldChanges.teacherId, ids),
        gt(fieldChanges.at, since),
        ne(fieldChanges.operation, 'delete'),
        or(isNull(fieldChanges.batchId), sql`${fieldChanges.batchId} NOT IN ${undone}`),
      ),
    )
  const touched = new Map<TeacherId, Set<string>>()
  for (const { teacherId, entity, field } of rows) {
    if (!teacherId) continue
    const fields = touched.get(teacherId) ?? new Set<string>()
    fields.add(field === null ? entity : `${entity}.${field}`)
    touched.set(teacherId, fields)
  }
  return touched
}
