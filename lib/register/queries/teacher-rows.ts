import { and, desc, eq, sql } from 'drizzle-orm'
import type { AnyPgColumn } from 'drizzle-orm/pg-core'
import { isAmong } from '@/db/among.ts'
import {
  appointments,
  employments,
  honours,
  postGrades,
  rollEntries,
  schools,
  teachers,
  titles,
} from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'
import { fieldView, type TeacherField } from '@/lib/rules/access/masks.ts'
import { tenureMonths, tenureStart } from '@/lib/rules/register/tenure.ts'
import type {
  Category,
  EmploymentForm,
  HonourKind,
  HonourLevel,
  PostKind,
  Sex,
  Stage,
  Status,
  Subject,
  Title,
} from '@/lib/rules/register/vocabulary.ts'
import type { Policy } from '@/lib/rules/rotation/policy.ts'
import { countedHonours } from '@/lib/rules/standing/backbone.ts'
import { ageOn, type LocalDate, monthOf, type YearMonth } from '@/lib/rules/values/dates.ts'
import { groupBy } from '@/lib/rules/values/group-by.ts'
import type { SchoolId, TeacherId } from '@/lib/rules/values/ids.ts'
import { honourFact } from './backbone.ts'
import { maskedSecrets, type SecretView } from './secrets.ts'
import { holdsOn } from './teacher-conditions.ts'

/** One person of the list on a day, with the columns asked for and no others; masks are applied. */
export interface TeacherRow {
  id: TeacherId
  version: number
  name: string
  schoolId: SchoolId | null
  school: string | null
  workSchool: string | null
  /** Teaches elsewhere than the personnel relation. */
  away: boolean
  stage: Stage | null
  subject: Subject | null
  staffNo?: string
  sex?: Sex
  title?: Title | null
  /** Held, but not appointed to. */
  titleHeldOnly?: boolean
  grade?: number | null
  isBackbone?: boolean
  honour?: { kind: HonourKind; level: HonourLevel } | null
  form?: EmploymentForm | null
  category?: Category | null
  postKind?: PostKind | null
  status?: Status | null
  duty?: string | null
  education?: string | null
  joinedWork?: LocalDate
  joinedSchool?: YearMonth | null
  tenure?: number | null
  periods?: number | null
  roll?: string | null
  birth?: { day: LocalDate | null; month: YearMonth; age: number }
  secrets?: SecretView
}

interface RowContext {
  on: LocalDate
  fields: readonly TeacherField[]
  rollId: string | null
  policy: Policy
}

const SECRET_FIELDS: readonly TeacherField[] = [
  'phone',
  'idNumber',
  'certificateNo',
  'ethnic',
  'nativePlace',
  'political',
  'birth',
]

/** Rows of these people in this order: one trip for each table that a chosen column needs, never one a row. */
export async function teacherRows(
  tx: Tx,
  actor: UserActor,
  ids: readonly TeacherId[],
  context: RowContext,
): Promise<TeacherRow[]> {
  if (ids.length === 0) return []
  const { on } = context
  const wanted = new Set(context.fields.filter((field) => fieldView(actor.role, field) !== null))
  const asks = (...fields: TeacherField[]) => fields.some((field) => wanted.has(field))
  const among = (column: AnyPgColumn) => isAmong(column, ids)
  const none = Promise.resolve([])
  const [people, posts, jobs, standing, grades, held, entries, secrets] = await Promise.all([
    tx
      .select({
        id: teachers.id,
        version: teachers.version,
        name: teachers.name,
        staffNo: teachers.staffNo,
        sex: teachers.sex,
        birthMonth: teachers.birthMonth,
        joinedWork: teachers.joinedWork,
        education: teachers.highestEducation,
      })
      .from(teachers)
      .where(among(teachers.id)),
    tx
      .select({
        teacherId: appointments.teacherId,
        kind: appointments.kind,
        schoolId: appointments.schoolId,
        school: schools.name,
        stage: appointments.stage,
        subject: appointments.subject,
        periods: appointments.periods,
        during: appointments.during,
      })
      .from(appointments)
      .innerJoin(schools, and(eq(schools.districtId, appointments.districtId), eq(schools.id, appointments.schoolId)))
      .where(among(appointments.teacherId)),
    asks('form', 'category', 'postKind', 'status', 'duty')
      ? tx
          .select({
            teacherId: employments.teacherId,
            form: employments.form,
            category: employments.category,
            postKind: employments.postKind,
            status: employments.status,
            duty: employments.duty,
          })
          .from(employments)
          .where(and(among(employments.teacherId), holdsOn(employments, on)))
      : none,
    asks('title')
      ? tx
          .select({ teacherId: titles.teacherId, kind: titles.kind, title: titles.title })
          .from(titles)
          .where(and(among(titles.teacherId), holdsOn(titles, on)))
      : none,
    asks('grade')
      ? tx
          .select({ teacherId: postGrades.teacherId, grade: postGrades.grade })
          .from(postGrades)
          .where(and(among(postGrades.teacherId), holdsOn(postGrades, on)))
      : none,
    asks('backbone')
      ? tx
          .select({
            teacherId: honours.teacherId,
            kind: honours.kind,
            level: honours.level,
            awardedMonth: honours.awardedMonth,
            validUntil: honours.validUntil,
            revokedOn: honours.revokedOn,
          })
          .from(honours)
          .where(among(honours.teacherId))
          .orderBy(desc(honours.awardedMonth))
      : none,
    asks('roll') && context.rollId
      ? tx
          .select({ teacherId: rollEntries.teacherId, state: rollEntries.state })
          .from(rollEntries)
          .where(and(sql`${rollEntries.rollId} = ${context.rollId}`, among(rollEntries.teacherId)))
      : none,
    asks(...SECRET_FIELDS) ? maskedSecrets(tx, actor, ids, wanted) : Promise.resolve(new Map<TeacherId, SecretView>()),
  ])
  const person = new Map(people.map((row) => [row.id, row]))
  const postsOf = groupBy(posts, (row) => row.teacherId)
  const jobOf = new Map(jobs.map((row) => [row.teacherId, row]))
  const titlesOf = groupBy(standing, (row) => row.teacherId)
  const gradeOf = new Map(grades.map((row) => [row.teacherId, row.grade]))
  const honoursOf = groupBy(held, (row) => row.teacherId)
  const rollOf = new Map(entries.map((row) => [row.teacherId, row.state]))
  return ids.flatMap((id) => {
    const base = person.get(id)
    if (!base) return []
    const mine = postsOf.get(id) ?? []
    const now = mine.filter(({ during }) => during.from <= on && (during.until === null || on < during.until))
    const rel = now.find(({ kind }) => kind === 'establishment')
    const work = now.filter(({ kind }) => kind === 'service')
    const row: TeacherRow = {
      id,
      version: base.version,
      name: base.name,
      schoolId: rel?.schoolId ?? null,
      school: rel?.school ?? null,
      workSchool: work.map(({ school }) => school).join('、') || null,
      away: work.some(({ schoolId }) => schoolId !== rel?.schoolId),
      stage: rel?.stage ?? work[0]?.stage ?? null,
      subject: rel?.subject ?? work[0]?.subject ?? null,
    }
    if (asks('staffNo')) row.staffNo = base.staffNo
    if (asks('sex')) row.sex = base.sex
    if (asks('education')) row.education = base.education
    if (asks('joinedWork')) row.joinedWork = base.joinedWork
    if (asks('periods')) row.periods = work[0]?.periods ?? null
    if (asks('tenure')) {
      const start = tenureStart(
        mine
          .filter(({ kind }) => kind === 'establishment')
          .map((post) => ({
            schoolId: post.schoolId,
            from: monthOf(post.during.from),
            until: post.during.until ? monthOf(post.during.until) : null,
          })),
        on,
        [],
        context.policy.eligibility.branchKeepsTenure,
      )
      row.joinedSchool = start
      row.tenure = start ? tenureMonths(start, on, context.policy.eligibility) : null
    }
    const job = jobOf.get(id)
    if (asks('form')) row.form = job?.form ?? null
    if (asks('category')) row.category = job?.category ?? null
    if (asks('postKind')) row.postKind = job?.postKind ?? null
    if (asks('status')) row.status = job?.status ?? null
    if (asks('duty')) row.duty = job?.duty ?? null
    if (asks('title')) {
      const both = titlesOf.get(id) ?? []
      const appointed = both.find(({ kind }) => kind === 'appointed')
      row.title = appointed?.title ?? both[0]?.title ?? null
      row.titleHeldOnly = !appointed && both.length > 0
    }
    if (asks('grade')) row.grade = gradeOf.get(id) ?? null
    if (asks('backbone')) {
      const counted = countedHonours((honoursOf.get(id) ?? []).map(honourFact), on, context.policy.eligibility)
      row.isBackbone = counted.length > 0
      row.honour = counted[0] ? { kind: counted[0].kind, level: counted[0].level } : null
    }
    if (asks('roll')) row.roll = rollOf.get(id) ?? null
    const secret = secrets.get(id)
    if (secret) row.secrets = secret
    if (asks('birth'))
      row.birth = {
        day: secret?.birth ?? null,
        month: monthOf(base.birthMonth),
        age: ageOn(secret?.birth ?? base.birthMonth, on),
      }
    return [row]
  })
}
