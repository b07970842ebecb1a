import { sql } from 'drizzle-orm'
import {
  type AnyPgColumn,
  boolean,
  check,
  doublePrecision,
  foreignKey,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import type { StageResources } from '../../../lib/rules/register/records.ts'
import { LOCALITIES, type Locality, SCHOOL_KINDS, type SchoolKind } from '../../../lib/rules/register/vocabulary.ts'
import type { Id, SchoolId } from '../../../lib/rules/values/ids.ts'
import { day, districtId, id, keyOf, moment, oneOf, period, plainText, ref } from '../columns.ts'
import { districts } from '../platform/districts.ts'

export type GroupId = Id<'Group'>

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
