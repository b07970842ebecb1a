import { eq } from 'drizzle-orm'
import { studioMemberships } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import { newId } from '../../../platform/new-id.ts'
import { addDays, contains, type LocalDate, type Period } from '../../../rules/values/dates.ts'
import { groupBy } from '../../../rules/values/group-by.ts'
import type { RefusedRow } from '../parsed.ts'
import type { StudioPerson } from '../studios.ts'
import { NamedPeople, type NamedPerson, stayOn } from './named-people.ts'
import type { PlanContext } from './person-context.ts'
import { outcomeOf, type RowOp, type RowPlan, rowFinding } from './row-plan.ts'
import { type BookStudio, type MembershipRow, StudioBook } from './studio-book.ts'
import { foundStudio, settleStudio } from './studio-facts.ts'
import { isOpen, refuse, type StudioEntry, type Work } from './studio-work.ts'
import { isTaken, type MissingRow, type PlanOptions, type WholePlanner } from './whole-plan.ts'

/** Plans a list of studios as a whole: hosts follow each other, members complete a studio (domain.md §1.5). */
export class StudioPlanner implements WholePlanner<StudioEntry> {
  readonly #context: PlanContext
  readonly #options: PlanOptions
  readonly #met = new Set<string>()

  constructor(context: PlanContext, options: PlanOptions) {
    this.#context = context
    this.#options = options
  }

  async plan(tx: Tx, rows: readonly StudioEntry[]): Promise<RowPlan[]> {
    const context = this.#context
    const book = await StudioBook.load(tx, this.#options.writtenAt)
    const named = await NamedPeople.load(
      tx,
      context,
      rows.flatMap(({ record }) => record.people),
    )
    const work = rows.map((entry) => this.#resolve(entry, named))
    for (const [name, all] of groupBy(work, ({ entry }) => entry.record.studio))
      this.#studio(book, name, all.filter(isOpen))
    if (this.#options.withOps) {
      const first = work.find(({ plan }) => plan.outcome !== 'refused' && plan.outcome !== 'unchanged')
      first?.plan.ops.push(...book.ops(context.at))
    }
    return work.map(({ plan }) => plan)
  }

  #studio(book: StudioBook, name: string, rows: readonly Work[]): void {
    const known = book.named(name)
    const settled = known ? settleStudio(book, known, rows, this.#context, this.#options) : []
    const studio = known ?? foundStudio(book, rows, this.#context)
    if (!studio || settled === null) return
    studio.settled = studio.members
    // What ends makes room for what begins
    const standing = new Map(rows.map((one) => [one, this.#standing(studio, one)]))
    for (const one of rows) if (isOpen(one)) this.#begin(book, studio, one, standing.get(one)!, rows)
    if (studio.before === null && !studio.members.some(({ role }) => role === 'host')) {
      for (const one of rows.filter(isOpen)) refuse(one, 'E-STUDIO-NO-HOST', { studio: name }, 'studio')
      book.drop(studio)
    }
    const told = rows.find(isOpen)
    if (!told) book.restore(studio)
    if (!told || settled.length === 0) return
    told.plan.changes.unshift(...settled)
    told.plan.outcome = outcomeOf(told.plan.changes)
  }

  /** Members on the workbook's day of the studios in it whom no row speaks of. */
  async missing(tx: Tx, rows: readonly StudioEntry[], refused: readonly RefusedRow[]): Promise<MissingRow[]> {
    const book = await StudioBook.load(tx, null)
    const inFile = new Set(refused.map(({ name }) => name))
    return [...new Set(rows.map(({ record }) => record.studio))].flatMap((name) => {
      const members = book.named(name)?.members ?? []
      return members
        .filter(({ id, during, personName }) => {
          return contains(during, this.#context.on) && !this.#met.has(id) && !inFile.has(personName)
        })
        .map((member) => ({
          id: member.id,
          label: `${member.personName}（${name}）`,
          schoolName: member.schoolId ? this.#context.nameOf(member.schoolId) : null,
          teacherId: member.teacherId,
        }))
    })
  }

  async leave(tx: Tx, id: string, on: LocalDate): Promise<RowOp[]> {
    const [row] = await tx.select().from(studioMemberships).where(eq(studioMemberships.id, id))
    if (!row || on <= row.during.from || (row.during.until !== null && on >= row.during.until)) return []
    const during = { from: row.during.from, until: on }
    return [{ do: 'update', table: 'studio_memberships', row, set: { during, changedAt: this.#context.at } }]
  }

  #resolve(entry: StudioEntry, named: NamedPeople): Work {
    const { sheet, row, record } = entry
    const [only] = record.people
    const listed = (entry.cells ?? []).some((cell) => cell === 'host' || cell === 'members')
    const label = listed || !only ? record.studio : `${only.name}（${record.studio}）`
    const plan: RowPlan = { sheet, row, outcome: 'unchanged', label, schoolName: null, teacherId: null, ...nothing() }
    const work: Work = { entry, plan, people: [] }
    for (const said of record.people) {
      const field = listed ? (said.role === 'host' ? 'host' : 'members') : said.staffNo ? 'staffNo' : 'name'
      const found = named.find(said)
      if (!found.ok) {
        refuse(work, found.code, found.values, field)
        continue
      }
      if (found.warning)
        plan.findings.push(rowFinding(plan, found.warning.code, 'warning', found.warning.values, field))
      if (work.people.some(({ person }) => person.id === found.person.id))
        refuse(work, 'E-MEMBER-TWICE', { who: found.person.name }, field)
      work.people.push({ said, person: found.person })
      if (!listed) plan.teacherId = found.person.id
      if (!listed || said.role === 'host') plan.schoolName = this.#schoolOf(found.person)
      if (!listed) plan.label = `${found.person.name}（${record.studio}）`
    }
    return work
  }

  #schoolOf(person: NamedPerson): string | null {
    const schoolId = stayOn(person, this.#context.on)
    return schoolId === null ? null : this.#context.nameOf(schoolId)
  }

  /** A day of the studio's cycle to look at it on: the workbook's, or the nearest to it. */
  #day({ row }: BookStudio): LocalDate {
    const { on } = this.#context
    if (on < row.during.from) return row.during.from
    return row.during.until !== null && on >= row.during.until ? addDays(row.during.until, -1) : on
  }

  /** The memberships on file that a row speaks of, with their dates as it says them. */
  #standing(studio: BookStudio, work: Work): Set<StudioPerson> {
    const met = new Set<StudioPerson>()
    for (const { said, person } of work.people) {
      const own = studio.members.filter(({ teacherId }) => teacherId === person.id)
      const member = this.#match(studio, own, said)
      if (!member) continue
      met.add(said)
      this.#met.add(member.id)
      this.#correct(studio, member, said, work)
    }
    return met
  }

  #match(studio: BookStudio, own: MembershipRow[], said: StudioPerson): MembershipRow | undefined {
    const { from, last, role } = said
    const same = own.filter((member) => member.role === role)
    if (from === null) return same.find(({ during }) => contains(during, this.#day(studio)))
    const until = last === null ? null : addDays(last, 1)
    return (
      own.find(({ during }) => during.from === from) ??
      same.find(({ during }) => during.from < (until ?? '9999') && from < (during.until ?? '9999'))
    )
  }

  #correct(studio: BookStudio, member: MembershipRow, said: StudioPerson, work: Work): void {
    const { writtenAt } = this.#options
    const until = said.last === null ? member.during.until : addDays(said.last, 1)
    const after: MembershipRow = {
      ...member,
      role: said.role,
      during: { from: said.from ?? member.during.from, until },
    }
    const stored = studio.membersBefore.find(({ id }) => id === member.id)
    const conflict = writtenAt !== null && stored !== undefined && Date.parse(stored.changedAt) > Date.parse(writtenAt)
    const lastOf = ({ until: end }: Period) => (end === null ? null : addDays(end, -1))
    const changes = [
      { field: 'role', old: member.role, new: after.role },
      { field: 'memberFrom', old: member.during.from, new: after.during.from },
      { field: 'memberLast', old: lastOf(member.during), new: lastOf(after.during) },
    ]
      .filter((change) => change.old !== change.new)
      .map((change) => (conflict ? { ...change, conflict: true as const } : change))
    if (changes.length === 0) return
    work.plan.changes.push(...changes)
    work.plan.outcome = outcomeOf(work.plan.changes)
    const takes = (field: string) =>
      changes.some((one) => one.field === field && isTaken(this.#options, work.plan, one))
    const taken: MembershipRow = {
      ...member,
      role: takes('role') ? after.role : member.role,
      during: {
        from: takes('memberFrom') ? after.during.from : member.during.from,
        until: takes('memberLast') ? after.during.until : member.during.until,
      },
      changedAt: this.#context.at,
    }
    if (!changes.some((one) => isTaken(this.#options, work.plan, one))) return
    studio.members = studio.members.map((one) => (one === member ? taken : one))
  }

  /** Memberships that begin, and those that had to move, each against all others. */
  #begin(book: StudioBook, studio: BookStudio, work: Work, met: ReadonlySet<StudioPerson>, all: readonly Work[]): void {
    const before = studio.members
    const relevelled = studio.before !== null && studio.before.level !== studio.row.level
    const added: string[] = []
    for (const { said, person } of work.people) {
      const own = studio.members.filter(({ teacherId }) => teacherId === person.id)
      const next = met.has(said) ? this.#match(studio, own, said) : this.#fresh(studio, said, person, work, all)
      if (!next || (studio.settled.includes(next) && !relevelled)) continue
      if (this.#isOutside(studio, next, work) || this.#isAgainst(book, studio, next, work)) {
        // A refused row does nothing: its own memberships stay as they were before it
        const ids = new Set<string>(work.people.map((one) => one.person.id))
        const settled = new Map(studio.settled.map((one) => [one.id, one]))
        studio.members = before.map((one) => (ids.has(one.teacherId) ? (settled.get(one.id) ?? one) : one))
        return
      }
      if (met.has(said)) continue
      studio.members = [...studio.members, next]
      added.push(person.name)
    }
    if (added.length > 0) this.#tell(studio, work, before, added)
  }

  #tell(studio: BookStudio, { plan }: Work, before: readonly MembershipRow[], added: readonly string[]): void {
    const isPerson = plan.teacherId !== null
    if (studio.before === null || (isPerson && plan.changes.length === 0)) {
      plan.outcome = 'new'
      return
    }
    // Who takes over or changes roles is told by that
    if (!isPerson || !plan.changes.some(({ field }) => field === 'host' || field === 'role')) {
      const names = before.map(({ personName }) => personName).join('、')
      plan.changes.push({ field: isPerson ? 'name' : 'members', old: isPerson ? null : names, new: added.join('、') })
    }
    plan.outcome = outcomeOf(plan.changes)
  }

  #fresh(studio: BookStudio, said: StudioPerson, person: NamedPerson, work: Work, all: readonly Work[]): MembershipRow {
    const { districtId, at } = this.#context
    const from = said.from ?? (studio.before === null ? studio.row.during.from : this.#day(studio))
    const until = said.last === null ? studio.row.during.until : addDays(said.last, 1)
    const ends = (member: MembershipRow) => contains(member.during, from) && member.during.from < from
    const own = studio.members.find((member) => member.teacherId === person.id && ends(member))
    const host = studio.members.find((member) => member.role === 'host' && member !== own && ends(member))
    const named = all.some(({ people }) =>
      people.some((one) => one.said.role === 'host' && one.person.id === host?.teacherId),
    )
    const cut = [own, said.role === 'host' && !named ? host : undefined].filter((one) => one !== undefined)
    for (const member of cut) {
      this.#met.add(member.id)
      studio.members = studio.members.map((one) =>
        one === member ? { ...member, during: { from: member.during.from, until: from }, changedAt: at } : one,
      )
      if (member === host && host !== own)
        work.plan.changes.push({ field: 'host', old: host.personName, new: person.name })
      else work.plan.changes.push({ field: 'role', old: member.role, new: said.role })
    }
    return {
      districtId,
      id: newId<string>(),
      studioId: studio.row.id,
      teacherId: person.id,
      role: said.role,
      personName: person.name,
      schoolId: stayOn(person, from) ?? stayOn(person, this.#context.on),
      during: { from, until },
      changedAt: at,
    } as MembershipRow
  }

  #isOutside({ row }: BookStudio, { during }: MembershipRow, work: Work): boolean {
    const inside =
      during.from >= row.during.from &&
      (row.during.until === null || (during.until !== null && during.until <= row.during.until)) &&
      (during.until === null || during.from < during.until)
    if (inside) return false
    const last = row.during.until === null ? '' : addDays(row.during.until, -1)
    refuse(work, 'E-MEMBER-OUTSIDE', { from: row.during.from, last }, 'memberFrom')
    return true
  }

  #isAgainst(book: StudioBook, studio: BookStudio, next: MembershipRow, work: Work): boolean {
    const [refusal] = book.refusals(studio, next)
    if (!refusal) return false
    refuse(work, CODES[refusal.code] ?? 'E-MEMBER-ONCE', { ...refusal.values } as Record<string, string>, 'name')
    return true
  }
}

const CODES: Record<string, string> = {
  'talent.refusal.studio.secondHost': 'E-HOST-SECOND',
  'talent.refusal.studio.alreadyMember': 'E-MEMBER-ONCE',
  'talent.refusal.studio.hostElsewhere': 'E-HOST-ELSEWHERE',
}

const nothing = (): Pick<RowPlan, 'changes' | 'findings' | 'ops'> => ({ changes: [], findings: [], ops: [] })
