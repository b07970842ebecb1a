import { and, eq, inArray, or } from 'drizzle-orm'
import { appointments, teacherSecrets, teachers } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import type { Period } from '../../../rules/values/dates.ts'
import { groupBy } from '../../../rules/values/group-by.ts'
import type { SchoolId, TeacherId } from '../../../rules/values/ids.ts'
import type { PlanContext } from './person-context.ts'

/** A person as a list names somebody of the register. */
export interface NamedInFile {
  name: string
  staffNo: string | null
  idNumber: string | null
  school: string | null
}

export interface NamedPerson {
  id: TeacherId
  name: string
  staffNo: string
  left: boolean
  stays: { schoolId: SchoolId; during: Period }[]
}

export type Found =
  | { ok: true; person: NamedPerson; warning: { code: string; values: Record<string, string> } | null }
  | { ok: false; code: string; values: Record<string, string> }

/** People of the register by ID number, staff number or name, whichever a list gives. */
export class NamedPeople {
  readonly #people: NamedPerson[]
  readonly #byHash: ReadonlyMap<string, TeacherId>
  readonly #context: PlanContext

  private constructor(people: NamedPerson[], byHash: ReadonlyMap<string, TeacherId>, context: PlanContext) {
    this.#people = people
    this.#byHash = byHash
    this.#context = context
  }

  /** Reads those whom a workbook names, in three queries however many they are. */
  static async load(tx: Tx, context: PlanContext, named: readonly NamedInFile[]): Promise<NamedPeople> {
    const hashes = named.flatMap(({ idNumber }) => (idNumber ? [context.keys.lookup('idNumber', idNumber)] : []))
    const secrets =
      hashes.length === 0
        ? []
        : await tx
            .select({ id: teacherSecrets.teacherId, hash: teacherSecrets.idHash })
            .from(teacherSecrets)
            .where(inArray(teacherSecrets.idHash, hashes))
    const byHash = new Map(secrets.map(({ id, hash }) => [hash.toString('hex'), id]))
    const list = <T>(values: (T | null)[]): T[] => [...new Set(values.filter((value) => value !== null))] as T[]
    const found = await tx
      .select({ id: teachers.id, name: teachers.name, staffNo: teachers.staffNo, leftOn: teachers.leftOn })
      .from(teachers)
      .where(
        or(
          inArray(teachers.name, ['', ...list(named.map(({ name }) => name))]),
          inArray(teachers.staffNo, ['', ...list(named.map(({ staffNo }) => staffNo))]),
          byHash.size > 0 ? inArray(teachers.id, [...byHash.values()]) : undefined,
        ),
      )
      .orderBy(teachers.staffNo)
    const ids = found.map(({ id }) => id)
    const stays =
      ids.length === 0
        ? []
        : await tx
            .select({ teacherId: appointments.teacherId, schoolId: appointments.schoolId, during: appointments.during })
            .from(appointments)
            .where(and(inArray(appointments.teacherId, ids), eq(appointments.kind, 'establishment')))
    const byTeacher = groupBy(stays, ({ teacherId }) => teacherId)
    const people = found.map(({ leftOn, ...person }) => ({
      ...person,
      left: leftOn !== null && leftOn <= context.on,
      stays: byTeacher.get(person.id) ?? [],
    }))
    return new NamedPeople(people, byHash, context)
  }

  find(named: NamedInFile): Found {
    const { idNumber, staffNo, name, school } = named
    if (idNumber || staffNo) {
      const id = idNumber
        ? this.#byHash.get(this.#context.keys.lookup('idNumber', idNumber).toString('hex'))
        : undefined
      const person = this.#people.find((one) => (idNumber ? one.id === id : one.staffNo === staffNo))
      if (!person) return { ok: false, code: 'E-MEMBER-UNKNOWN', values: { who: staffNo ?? name } }
      const other = name !== '' && person.name !== name
      return { ok: true, person, warning: other ? warn('W-NAME-OTHER', { name, known: person.name }) : null }
    }
    const alike = this.#people.filter((one) => one.name === name)
    const present = alike.filter(({ left }) => !left)
    const pool = present.length > 0 ? present : alike
    const there = school === null ? [] : pool.filter((one) => this.#wasAt(one, school))
    const [only, ...others] = there.length > 0 ? there : pool
    if (!only) return { ok: false, code: 'E-MEMBER-UNKNOWN', values: { who: name } }
    if (others.length > 0)
      return {
        ok: false,
        code: 'E-MEMBER-SEVERAL',
        values: { who: name, numbers: [only, ...others].map((one) => one.staffNo).join('、') },
      }
    const now = this.#schoolName(only)
    const elsewhere = school !== null && there.length === 0 && now !== null
    return {
      ok: true,
      person: only,
      warning: elsewhere ? warn('W-MEMBER-SCHOOL', { school: now, typed: school }) : null,
    }
  }

  #wasAt(person: NamedPerson, school: string): boolean {
    return person.stays.some(({ schoolId }) => this.#context.nameOf(schoolId) === school)
  }

  #schoolName(person: NamedPerson): string | null {
    const stay = stayOn(person, this.#context.on)
    return stay ? this.#context.nameOf(stay) : null
  }
}

const warn = (code: string, values: Record<string, string>) => ({ code, values })

/** The school of a person's relation on a day. */
export const stayOn = (person: NamedPerson, on: string): SchoolId | null =>
  person.stays.find(({ during }) => during.from <= on && (during.until === null || on < during.until))?.schoolId ?? null
