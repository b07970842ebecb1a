import { eq } from 'drizzle-orm'
import { z } from 'zod'
import {
  appointments,
  employments,
  principalships,
  schools,
  teacherSecrets,
  teachers,
  titles,
} from '@/db/schema/index.ts'
import { defineCommand, finished } from '@/lib/platform/command.ts'
import { readIdNumber } from '@/lib/rules/register/id-number.ts'
import {
  CATEGORIES,
  EDUCATION_LEVELS,
  EMPLOYMENT_FORMS,
  POST_KINDS,
  STAGES,
  SUBJECTS,
  TITLES,
} from '@/lib/rules/register/vocabulary.ts'
import { monthOf } from '@/lib/rules/values/dates.ts'
import { idSchema, type SchoolId } from '@/lib/rules/values/ids.ts'
import { refuse } from '@/lib/rules/values/outcome.ts'
import { keepChanges } from '../store/changes.ts'
import { personRows } from '../store/person-rows.ts'
import { codeOf, dayInput, optional, reasonInput } from './inputs.ts'

/** A person new to the register, entered by HR; the workbook's way in is the import, with the same rows behind it. */
export const createTeacher = defineCommand({
  name: 'register.teacher.create',
  input: z.strictObject({
    name: z.string().trim().min(1).max(40),
    staffNo: z.string().trim().min(1).max(30),
    idNumber: z.string().trim().min(15).max(24),
    phone: optional(
      z
        .string()
        .trim()
        .regex(/^\+?[\d-]{5,20}$/, 'register.refusal.phoneForm'),
    ),
    schoolId: idSchema<SchoolId>(),
    joinedSchool: dayInput,
    joinedWork: dayInput,
    form: codeOf(EMPLOYMENT_FORMS),
    category: codeOf(CATEGORIES),
    postKind: optional(codeOf(POST_KINDS)),
    duty: optional(z.string().trim().max(60)),
    stage: optional(codeOf(STAGES)),
    subject: optional(codeOf(SUBJECTS)),
    title: codeOf(TITLES),
    titleFrom: optional(dayInput),
    highestEducation: optional(codeOf(EDUCATION_LEVELS)),
    reason: reasonInput,
  }),
  run: async ({ tx, actor, input, at, today, keys }) => {
    const read = readIdNumber(input.idNumber.normalize('NFKC').replace(/\s/g, ''))
    if (!read.ok) return refuse('register.refusal.idNumber', { fault: read.fault }, { field: 'idNumber' })
    if (input.joinedSchool < input.joinedWork)
      return refuse('register.refusal.schoolBeforeWork', undefined, { field: 'joinedSchool' })
    if (input.title !== 'none' && !input.titleFrom)
      return refuse('platform.refusal.required', undefined, { field: 'titleFrom' })
    const [school] = await tx.select({ name: schools.name }).from(schools).where(eq(schools.id, input.schoolId))
    if (!school) return refuse('platform.refusal.notFound')
    const month = input.titleFrom ? monthOf(input.titleFrom) : null
    const rows = personRows(
      {
        districtId: actor.districtId,
        at,
        statisticsDate: today,
        batchId: null,
        keys: await keys(),
        schoolIdOf: () => input.schoolId,
      },
      {
        ...NOT_ASKED,
        ...input,
        school: school.name,
        workSchool: school.name,
        idNumber: read.value.text,
        sex: read.value.sex,
        birth: read.value.birth,
        joinedWork: monthOf(input.joinedWork),
        joinedSchool: monthOf(input.joinedSchool),
        titleObtained: month,
        titleAppointed: month,
        status: 'on_post',
      },
      input.staffNo,
    )
    // a workbook knows months; here the day was typed
    for (const row of [...rows.employments, ...rows.appointments])
      row.during = { from: input.joinedSchool, until: null }
    await tx.insert(teachers).values({ ...rows.teacher, joinedWork: input.joinedWork })
    await tx.insert(teacherSecrets).values(rows.secrets)
    await tx.insert(employments).values(rows.employments)
    await tx.insert(appointments).values(rows.appointments)
    if (rows.titles.length > 0) await tx.insert(titles).values(rows.titles)
    if (rows.principalships.length > 0) await tx.insert(principalships).values(rows.principalships)
    const id = rows.teacher.id
    await keepChanges({ tx, actor, at, reason: input.reason }, [
      {
        entity: 'teachers',
        entityId: id,
        teacherId: id,
        schoolId: input.schoolId,
        operation: 'insert',
        new: { name: input.name, staffNo: input.staffNo },
      },
    ])
    return finished(
      { id },
      {
        message: { key: 'register.done.created', values: { name: input.name, school: school.name } },
        audit: { resource: 'teacher', objectId: id, teacherId: id, reason: input.reason },
      },
    )
  },
})

/** What the form does not ask for: it can be entered on the person's page, each with its day. */
const NOT_ASKED = {
  ethnic: null,
  nativePlace: null,
  political: null,
  joinedParty: null,
  firstEducation: null,
  firstEducationAt: null,
  highestEducationAt: null,
  degree: null,
  postGrade: null,
  postSince: null,
  periods: null,
  isClassTeacher: null,
  certificateKind: null,
  certificateSubject: null,
  certificateNo: null,
  putonghua: null,
  honours: [],
  assessments: [],
  note: null,
}
