import { index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import type { FileId, SchoolId, TeacherId, UserId } from '../../../lib/rules/values/ids.ts'
import { districtId, id, moment, ref } from '../columns.ts'

/** A file on disk under the data folder (path = id), its content encrypted. */
export const files = pgTable(
  'files',
  {
    districtId: districtId(),
    id: id<FileId>(),
    name: text().notNull(),
    mediaType: text().notNull(),
    size: integer().notNull(),
    sha256: text().notNull(),
    /** What it belongs to: `import_batch`, `case_decision`, `exemption`, `export`. */
    ownerKind: text().notNull(),
    ownerId: uuid(),
    schoolId: ref<SchoolId>(),
    teacherId: ref<TeacherId>(),
    uploadedBy: uuid().$type<UserId>(),
    at: moment().notNull(),
    expiresAt: moment(),
    deletedAt: moment(),
  },
  (t) => [primaryKey({ columns: [t.districtId, t.id] }), index('files_by_owner').on(t.districtId, t.ownerId)],
)
