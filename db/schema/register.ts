import { sql } from 'drizzle-orm'
import {
  type AnyPgColumn,
  boolean,
  check,
  doublePrecision,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import type { StageResources } from '../../lib/rules/register/records.ts'
import {
  ASSESSMENT_RESULTS,
  CATEGORIES,
  type Category,
  DISCIPLINE_KINDS,
  type DisciplineKind,
  EMPLOYMENT_FORMS,
  type EmploymentForm,
  LEAVE_KINDS,
  type LeaveKind,
  LOCALITIES,
  type Locality,
  type PostKind,
  SCHOOL_KINDS,
  type SchoolKind,
  SEXES,
  type Sex,
  STATUSES,
  type Stage,
  type Status,
  type Subject,
} from '../../lib/rules/register/vocabulary.ts'
import type { BatchId, Id, SchoolId, TeacherId, UserId } from '../../lib/rules/values/ids.ts'
import { bytes, day, districtId, id, keyOf, moment, oneOf, period, plainText, ref } from './columns.ts'
import { districts } from './platform.ts'

export type GroupId = Id<'Group'>
export type AppointmentId = Id<'Appointment'>

/** 教育集团. */
export const educationGroups = pgTable(
  'education_groups',
  { districtId: districtId(), id: id<GroupId>(), name: text().notNull() },
  (t) => [
    primaryKey({ columns: [t.districtId, t.id] }),
    foreignKey({ name: 'education_groups_of_district', columns: [t.districtId], foreignColumns: [districts.id] }),
    unique('education_groups_name_once').on(t.districtId, t.name),
  ],
)

/** A school, or the research centre (kind `research`, outside every school count). */
export const schools = pgTable(
  'schools',
  {
    districtId: districtId(),
    id: id<SchoolId>(),
    code: text().notNull(),
    name: text().notNull(),
    shortName: text(),
    aliases: text().array().notNull().default([]),
    pinyin: plainText().notNull(),
    initials: plainText().notNull(),
    kind: text().$type<SchoolKind>().notNull(),
    typeCode: text(),
    localityCode: text(),
    locality: text().$type<Locality>().notNull(),
    quality: boolean().notNull(),
    zone: text(),
    branchOf: ref<SchoolId>(),
    foundedYear: integer(),
    x: doublePrecision(),
    y: doublePrecision(),
    oneSchoolOnePlan: boolean().notNull().default(false),
    interactive: boolean().notNull().default(false),
    smartCampus: boolean().notNull().default(false),
    closedOn: day(),
    /** Order in lists: as in the workbook. */
    position: integer().notNull().default(0),
    version: integer().notNull().default(1),
    changedAt: moment().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.districtId, t.id] }),
    foreignKey({ name: 'schools_of_district', columns: [t.districtId], foreignColumns: [districts.id] }),
    foreignKey({
      name: 'schools_branch_of_school',
      columns: [t.districtId, t.branchOf],
      foreignColumns: [t.districtId as AnyPgColumn, t.id as AnyPgColumn],
    }),
    unique('schools_code_once').on(t.districtId, t.code),
    unique('schools_name_once').on(t.districtId, t.name),
    check('schools_kind_known', oneOf('kind', Object.keys(SCHOOL_KINDS))),
    check('schools_locality_known', oneOf('locality', Object.keys(LOCALITIES))),
    check('schools_not_branch_of_itself', sql`branch_of IS NULL OR branch_of <> id`),
  ],
)

/** A school's membership of a group, dated. */
export const groupMemberships = pgTable(
  'group_memberships',
  {
    districtId: districtId(),
    id: uuid().notNull(),
    groupId: uuid().$type<GroupId>().notNull(),
    schoolId: uuid().$type<SchoolId>().notNull(),
    isCore: boolean().notNull().default(false),
    ...period(),
  },
  (t) => [
    primaryKey({ columns: [t.districtId, t.id] }),
    foreignKey({
      name: 'group_memberships_of_group',
      columns: [t.districtId, t.groupId],
      foreignColumns: keyOf(educationGroups),
    }),
    foreignKey({
      name: 'group_memberships_of_school',
      columns: [t.districtId, t.schoolId],
      foreignColumns: keyOf(schools),
    }),
    check('group_memberships_during_not_empty', sql`NOT isempty(during)`),
  ],
)

/** 同频互动课堂: two schools pair classes. */
export const schoolPairings = pgTable(
  'school_pairings',
  {
    districtId: districtId(),
    id: uuid().notNull(),
    schoolId: uuid().$type<SchoolId>().notNull(),
    partnerId: uuid().$type<SchoolId>().notNull(),
    classes: integer().notNull(),
    ...period(),
  },
  (t) => [
    primaryKey({ columns: [t.districtId, t.id] }),
    foreignKey({
      name: 'school_pairings_of_school',
      columns: [t.districtId, t.schoolId],
      foreignColumns: keyOf(schools),
    }),
    foreignKey({
      name: 'school_pairings_of_partner',
      columns: [t.districtId, t.partnerId],
      foreignColumns: keyOf(schools),
    }),
    check('school_pairings_two_schools', sql`school_id <> partner_id`),
  ],
)

/** School × school year: pupils and classes per grade, approved establishment, places, resources of the indicators. */
export const schoolYears = pgTable(
  'school_years',
  {
    districtId: districtId(),
    schoolId: uuid().$type<SchoolId>().notNull(),
    /** Starting year. */
    year: integer().notNull(),
    pupilsPrimary: integer().notNull().default(0),
    pupilsJunior: integer().notNull().default(0),
    /** Classes of grades 1–9. */
    classes: integer().array().notNull(),
    establishment: integer(),
    seats: integer(),
    addedSeats: integer(),
    resourcesPrimary: jsonb().$type<StageResources>(),
    resourcesJunior: jsonb().$type<StageResources>(),
    closedAt: moment(),
    version: integer().notNull().default(1),
    changedAt: moment().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.districtId, t.schoolId, t.year] }),
    foreignKey({ name: 'school_years_of_school', columns: [t.districtId, t.schoolId], foreignColumns: keyOf(schools) }),
    check('school_years_nine_grades', sql`array_length(classes, 1) = 9`),
    check('school_years_pupils_not_negative', sql`pupils_primary >= 0 AND pupils_junior >= 0`),
  ],
)

/** 薄弱学校 list with its dates; never called key schools' opposite on a page (义务教育法 Art. 22). */
export const weakSchoolListings = pgTable(
  'weak_school_listings',
  {
    districtId: districtId(),
    id: uuid().notNull(),
    schoolId: uuid().$type<SchoolId>().notNull(),
    ...period(),
  },
  (t) => [
    primaryKey({ columns: [t.districtId, t.id] }),
    foreignKey({
      name: 'weak_school_listings_of_school',
      columns: [t.districtId, t.schoolId],
      foreignColumns: keyOf(schools),
    }),
  ],
)

/** A person on the staff. What changes with time is in dated rows; sensitive columns are in teacher_secrets. */
export const teachers = pgTable(
  'teachers',
  {
    districtId: districtId(),
    id: id<TeacherId>(),
    staffNo: text().notNull(),
    name: text().notNull(),
    pinyin: plainText().notNull(),
    initials: plainText().notNull(),
    sex: text().$type<Sex>().notNull(),
    /** First day of the month of birth; the day itself is f7, in teacher_secrets. */
    birthMonth: day().notNull(),
    joinedWork: day().notNull(),
    highestEducation: text(),
    highestEducationAt: text(),
    firstEducation: text(),
    firstEducationAt: text(),
    degree: text(),
    putonghua: text(),
    /** Category override of the retirement rules, with the document that says so (R-RET-3). */
    retirementOverride: jsonb().$type<{ category?: string; ownDate?: string; document: string }>(),
    /** First day after probation or first-job service period (R-ELIG-9). */
    bondUntil: day(),
    note: text(),
    leftOn: day(),
    version: integer().notNull().default(1),
    changedAt: moment().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.districtId, t.id] }),
    foreignKey({ name: 'teachers_of_district', columns: [t.districtId], foreignColumns: [districts.id] }),
    unique('teachers_staff_no_once').on(t.districtId, t.staffNo),
    check('teachers_sex_known', oneOf('sex', Object.keys(SEXES))),
    index('teachers_by_pinyin').on(t.districtId, t.pinyin),
    index('teachers_by_initials').on(t.districtId, t.initials),
    index('teachers_by_name').on(t.districtId, t.name),
  ],
)

/** Sensitive columns of a person (classes f1, f2, f7): encrypted cells and their search digests. */
export const teacherSecrets = pgTable(
  'teacher_secrets',
  {
    districtId: districtId(),
    teacherId: uuid().$type<TeacherId>().notNull(),
    idNumber: bytes().notNull(),
    idHash: bytes().notNull(),
    idTailHash: bytes().notNull(),
    birth: day().notNull(),
    phone: bytes(),
    certificateNo: bytes(),
    ethnic: text(),
    nativePlace: text(),
    political: text(),
    joinedParty: day(),
  },
  (t) => [
    primaryKey({ columns: [t.districtId, t.teacherId] }),
    foreignKey({
      name: 'teacher_secrets_of_teacher',
      columns: [t.districtId, t.teacherId],
      foreignColumns: keyOf(teachers),
    }),
    unique('teacher_secrets_person_once').on(t.districtId, t.idHash),
    index('teacher_secrets_by_tail').on(t.districtId, t.idTailHash),
  ],
)

/** How a person is employed, dated: establishment, category, post kind, duty, status. */
export const employments = pgTable(
  'employments',
  {
    districtId: districtId(),
    id: uuid().notNull(),
    teacherId: uuid().$type<TeacherId>().notNull(),
    form: text().$type<EmploymentForm>().notNull(),
    category: text().$type<Category>().notNull(),
    postKind: text().$type<PostKind>(),
    duty: text(),
    status: text().$type<Status>().notNull(),
    /** Day on which the status was reported (statistics date of the workbook); null = first day of the row. */
    statusOn: day(),
    ...period(),
    batchId: ref<BatchId>(),
  },
  (t) => [
    primaryKey({ columns: [t.districtId, t.id] }),
    foreignKey({
      name: 'employments_of_teacher',
      columns: [t.districtId, t.teacherId],
      foreignColumns: keyOf(teachers),
    }),
    check('employments_form_known', oneOf('form', Object.keys(EMPLOYMENT_FORMS))),
    check('employments_category_known', oneOf('category', Object.keys(CATEGORIES))),
    check('employments_status_known', oneOf('status', Object.keys(STATUSES))),
    check('employments_during_not_empty', sql`NOT isempty(during)`),
    index('employments_by_teacher').on(t.districtId, t.teacherId),
  ],
)

export const APPOINTMENT_KINDS = ['establishment', 'service'] as const

/** 人事关系 or 任教: one teacher at one school for a period. A change closes this row and opens another. */
export const appointments = pgTable(
  'appointments',
  {
    districtId: districtId(),
    id: id<AppointmentId>(),
    teacherId: uuid().$type<TeacherId>().notNull(),
    schoolId: uuid().$type<SchoolId>().notNull(),
    kind: text({ enum: APPOINTMENT_KINDS }).notNull(),
    /** 走教 */
    partTime: boolean().notNull().default(false),
    stage: text().$type<Stage>(),
    subject: text().$type<Subject>(),
    periods: integer(),
    isClassTeacher: boolean(),
    ...period(),
    /** The posting or order that made this row, if one did. */
    postingId: uuid(),
    batchId: ref<BatchId>(),
  },
  (t) => [
    primaryKey({ columns: [t.districtId, t.id] }),
    foreignKey({
      name: 'appointments_of_teacher',
      columns: [t.districtId, t.teacherId],
      foreignColumns: keyOf(teachers),
    }),
    foreignKey({ name: 'appointments_of_school', columns: [t.districtId, t.schoolId], foreignColumns: keyOf(schools) }),
    check('appointments_kind_known', oneOf('kind', APPOINTMENT_KINDS)),
    check('appointments_during_not_empty', sql`NOT isempty(during)`),
    index('appointments_by_school').on(t.districtId, t.schoolId, t.kind),
    index('appointments_by_teacher').on(t.districtId, t.teacherId, t.kind),
  ],
)

/** Which school may see which person, and until when; kept by trigger from appointments and cases. */
export const teacherAccess = pgTable(
  'teacher_access',
  {
    districtId: districtId(),
    schoolId: uuid().$type<SchoolId>().notNull(),
    teacherId: uuid().$type<TeacherId>().notNull(),
    why: text().notNull(),
    sourceId: uuid().notNull(),
    until: day().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.districtId, t.schoolId, t.teacherId, t.why, t.sourceId] }),
    index('teacher_access_by_teacher').on(t.districtId, t.teacherId),
  ],
)

/** Leave, birth, secondment … (class f3 in its kind; schools read outcome and end date only). */
export const leaves = pgTable(
  'leaves',
  {
    districtId: districtId(),
    id: uuid().notNull(),
    teacherId: uuid().$type<TeacherId>().notNull(),
    kind: text().$type<LeaveKind>().notNull(),
    startsOn: day(),
    /** Last day of leave, inclusive; null while it lasts. */
    endsOn: day(),
    childBirth: day(),
    /** Disability grade, where that is the kind. */
    grade: integer(),
    version: integer().notNull().default(1),
    batchId: ref<BatchId>(),
    changedAt: moment().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.districtId, t.id] }),
    foreignKey({ name: 'leaves_of_teacher', columns: [t.districtId, t.teacherId], foreignColumns: keyOf(teachers) }),
    check('leaves_kind_known', oneOf('kind', Object.keys(LEAVE_KINDS))),
    check('leaves_order', sql`ends_on IS NULL OR starts_on IS NULL OR ends_on >= starts_on`),
    check('leaves_dated', sql`starts_on IS NOT NULL OR child_birth IS NOT NULL`),
    index('leaves_by_teacher').on(t.districtId, t.teacherId),
  ],
)

/** 处分与调查 (class f6). */
export const disciplinaryPeriods = pgTable(
  'disciplinary_periods',
  {
    districtId: districtId(),
    id: uuid().notNull(),
    teacherId: uuid().$type<TeacherId>().notNull(),
    kind: text().$type<DisciplineKind>().notNull(),
    startsOn: day().notNull(),
    endsOn: day(),
    batchId: ref<BatchId>(),
    changedAt: moment().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.districtId, t.id] }),
    foreignKey({
      name: 'disciplinary_periods_of_teacher',
      columns: [t.districtId, t.teacherId],
      foreignColumns: keyOf(teachers),
    }),
    check('disciplinary_periods_kind_known', oneOf('kind', Object.keys(DISCIPLINE_KINDS))),
    index('disciplinary_periods_by_teacher').on(t.districtId, t.teacherId),
  ],
)

/** 年度考核, one a person and year. */
export const annualAssessments = pgTable(
  'annual_assessments',
  {
    districtId: districtId(),
    id: uuid().notNull(),
    teacherId: uuid().$type<TeacherId>().notNull(),
    year: integer().notNull(),
    result: text().notNull(),
    schoolId: ref<SchoolId>(),
    checkedBy: ref<UserId>(),
    batchId: ref<BatchId>(),
    changedAt: moment().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.districtId, t.id] }),
    unique('annual_assessments_once_a_year').on(t.districtId, t.teacherId, t.year),
    foreignKey({
      name: 'annual_assessments_of_teacher',
      columns: [t.districtId, t.teacherId],
      foreignColumns: keyOf(teachers),
    }),
    check('annual_assessments_result_known', oneOf('result', Object.keys(ASSESSMENT_RESULTS))),
  ],
)

/** 校长任职: who heads which school, dated; open cases follow the post. */
export const principalships = pgTable(
  'principalships',
  {
    districtId: districtId(),
    id: uuid().notNull(),
    teacherId: uuid().$type<TeacherId>().notNull(),
    schoolId: uuid().$type<SchoolId>().notNull(),
    duty: text().notNull(),
    ...period(),
    batchId: ref<BatchId>(),
  },
  (t) => [
    primaryKey({ columns: [t.districtId, t.id] }),
    foreignKey({
      name: 'principalships_of_teacher',
      columns: [t.districtId, t.teacherId],
      foreignColumns: keyOf(teachers),
    }),
    foreignKey({
      name: 'principalships_of_school',
      columns: [t.districtId, t.schoolId],
      foreignColumns: keyOf(schools),
    }),
    check('principalships_during_not_empty', sql`NOT isempty(during)`),
    index('principalships_by_school').on(t.districtId, t.schoolId),
  ],
)

/** A teacher's wish to have a register fact corrected: request → school → HR (PIPL Art. 46). */
export const correctionRequests = pgTable(
  'correction_requests',
  {
    districtId: districtId(),
    id: uuid().notNull(),
    teacherId: uuid().$type<TeacherId>().notNull(),
    schoolId: ref<SchoolId>(),
    /** Name of a field, or `title`, `honour`, `assessment`, `certificate` (a dated fact), or `other`. */
    field: text().notNull(),
    current: text().notNull(),
    /** In words; of a sensitive field only that it is there. */
    wanted: text().notNull(),
    /** The wanted value of a sensitive field. */
    sealed: bytes(),
    /** A dated fact as a school proposes it; it enters the register when HR accepts. */
    proposal: jsonb().$type<Record<string, unknown>>(),
    reason: text().notNull(),
    state: text().notNull().default('requested'),
    requestedBy: uuid().$type<UserId>().notNull(),
    requestedAt: moment().notNull(),
    schoolBy: ref<UserId>(),
    schoolAt: moment(),
    schoolAgrees: boolean(),
    schoolOpinion: text(),
    decidedBy: ref<UserId>(),
    decidedAt: moment(),
    decision: text(),
    version: integer().notNull().default(1),
  },
  (t) => [
    primaryKey({ columns: [t.districtId, t.id] }),
    foreignKey({
      name: 'correction_requests_of_teacher',
      columns: [t.districtId, t.teacherId],
      foreignColumns: keyOf(teachers),
    }),
    check(
      'correction_requests_state_known',
      oneOf('state', ['requested', 'supported', 'accepted', 'refused', 'withdrawn']),
    ),
    index('correction_requests_by_state').on(t.districtId, t.state),
  ],
)

/** 核对任务: HR asks schools to check their own rows of a list by a due time. */
export const collections = pgTable(
  'collections',
  {
    districtId: districtId(),
    id: uuid().notNull(),
    title: text().notNull(),
    note: text(),
    columns: text().array().notNull(),
    dueAt: moment().notNull(),
    createdBy: uuid().$type<UserId>().notNull(),
    createdAt: moment().notNull(),
    closedAt: moment(),
  },
  (t) => [primaryKey({ columns: [t.districtId, t.id] })],
)

/** One school's part of a 核对任务. */
export const collectionSchools = pgTable(
  'collection_schools',
  {
    districtId: districtId(),
    collectionId: uuid().notNull(),
    schoolId: uuid().$type<SchoolId>().notNull(),
    state: text().notNull().default('open'),
    changes: integer().notNull().default(0),
    checkedBy: ref<UserId>(),
    checkedAt: moment(),
    confirmedBy: ref<UserId>(),
    confirmedByName: text(),
    confirmedAt: moment(),
    version: integer().notNull().default(1),
  },
  (t) => [
    primaryKey({ columns: [t.districtId, t.collectionId, t.schoolId] }),
    foreignKey({
      name: 'collection_schools_of_collection',
      columns: [t.districtId, t.collectionId],
      foreignColumns: keyOf(collections),
    }),
    foreignKey({
      name: 'collection_schools_of_school',
      columns: [t.districtId, t.schoolId],
      foreignColumns: keyOf(schools),
    }),
    check('collection_schools_state_known', oneOf('state', ['open', 'checked', 'confirmed'])),
  ],
)
