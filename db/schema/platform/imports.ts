import {
  bigint,
  boolean,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uuid,
} from 'drizzle-orm/pg-core'
import type { BatchId, FileId, SchoolId, TeacherId, UserId } from '../../../lib/rules/values/ids.ts'
import { bytes, day, districtId, id, keyOf, moment, oneOf, ref } from '../columns.ts'

/** One workbook on its way into the register; `plan` holds counts, rows are in import_rows. */
export const importBatches = pgTable(
  'import_batches',
  {
    districtId: districtId(),
    id: id<BatchId>(),
    kind: text().notNull(),
    fileId: ref<FileId>(),
    fileName: text().notNull(),
    fileHash: text().notNull(),
    statisticsDate: day(),
    state: text().notNull(),
    mapping: jsonb().$type<unknown>(),
    choices: jsonb().$type<unknown>(),
    counts: jsonb().$type<unknown>(),
    refusal: jsonb().$type<unknown>(),
    progress: integer().notNull().default(0),
    schoolId: ref<SchoolId>(),
    /** The workbook again, with its findings. */
    annotatedFileId: ref<FileId>(),
    /** 核对任务 it answers. */
    collectionId: uuid(),
    createdBy: uuid().$type<UserId>(),
    createdByName: text().notNull(),
    createdAt: moment().notNull(),
    confirmedAt: moment(),
    confirmedBy: ref<UserId>(),
    undoneAt: moment(),
    undoneBy: ref<UserId>(),
  },
  (t) => [
    primaryKey({ columns: [t.districtId, t.id] }),
    check('import_batches_kind_known', oneOf('kind', ['schools', 'roster', 'registers', 'studios', 'reserve'])),
    check(
      'import_batches_state_known',
      oneOf('state', [
        'uploaded',
        'reading',
        'mapped',
        'ready',
        'submitted',
        'refused',
        'confirming',
        'confirmed',
        'undoing',
        'undone',
        'discarded',
      ]),
    ),
    index('import_batches_by_time').on(t.districtId, t.createdAt),
  ],
)

/** One row of the workbook: what it would do, encrypted record, findings. */
export const importRows = pgTable(
  'import_rows',
  {
    districtId: districtId(),
    batchId: uuid().$type<BatchId>().notNull(),
    sheet: text().notNull(),
    row: integer().notNull(),
    /** new · changed · unchanged · refused · conflict · missing */
    outcome: text().notNull(),
    label: text().notNull(),
    schoolName: text(),
    teacherId: ref<TeacherId>(),
    /** Sealed canonical JSON of the record; shredded when the batch ends. */
    sealed: bytes(),
    changes: jsonb().$type<{ field: string; old: unknown; new: unknown }[]>().notNull().default([]),
    findings: jsonb().$type<unknown[]>().notNull().default([]),
    severity: text(),
  },
  (t) => [
    primaryKey({ columns: [t.districtId, t.batchId, t.sheet, t.row] }),
    foreignKey({
      name: 'import_rows_of_batch',
      columns: [t.districtId, t.batchId],
      foreignColumns: keyOf(importBatches),
    }),
    index('import_rows_by_outcome').on(t.districtId, t.batchId, t.outcome),
  ],
)

/** Every change of a register fact that is not itself a dated row: old value, new value, who, why. Undo reads it. */
export const fieldChanges = pgTable(
  'field_changes',
  {
    districtId: districtId(),
    id: uuid().notNull(),
    /** Order within the district, for undo in reverse. */
    seq: bigint({ mode: 'number' }).generatedAlwaysAsIdentity(),
    entity: text().notNull(),
    entityId: text().notNull(),
    teacherId: ref<TeacherId>(),
    schoolId: ref<SchoolId>(),
    /** insert · update · delete; for insert and delete `old`/`new` hold the whole row. */
    operation: text().notNull(),
    field: text(),
    old: jsonb().$type<unknown>(),
    new: jsonb().$type<unknown>(),
    /** True when old and new are of a sensitive class: kept sealed elsewhere, not here. */
    sensitive: boolean().notNull().default(false),
    at: moment().notNull(),
    byUser: ref<UserId>(),
    byName: text().notNull(),
    reason: text(),
    batchId: ref<BatchId>(),
  },
  (t) => [
    primaryKey({ columns: [t.districtId, t.id] }),
    index('field_changes_by_entity').on(t.districtId, t.entity, t.entityId),
    index('field_changes_by_teacher').on(t.districtId, t.teacherId),
    index('field_changes_by_batch').on(t.districtId, t.batchId),
  ],
)

/** How a district's workbooks name their columns. */
export const importMappings = pgTable(
  'import_mappings',
  {
    districtId: districtId(),
    kind: text().notNull(),
    /** Normalised heading. */
    heading: text().notNull(),
    /** Field of the record, or '' for "leave out". */
    field: text().notNull(),
    at: moment().notNull(),
  },
  (t) => [primaryKey({ columns: [t.districtId, t.kind, t.heading] })],
)
