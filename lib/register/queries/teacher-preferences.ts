import type { Tx } from '@/db/scope.ts'
import { keptContent } from '@/lib/platform/queries/saved-views.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'
import { fieldView, TEACHER_FIELDS, type TeacherField } from '@/lib/rules/access/masks.ts'
import { isUuid, type TeacherId } from '@/lib/rules/values/ids.ts'

export const LIST_PAGE = 'teachers'
export const SELECTION_PAGE = 'teachers.selection'

/** Shown to somebody who has chosen nothing yet. */
const USUAL: readonly TeacherField[] = [
  'name',
  'school',
  'stage',
  'subject',
  'title',
  'backbone',
  'tenure',
  'status',
  'roll',
]

export interface ListPreferences {
  columns: TeacherField[]
  compact: boolean
}

/** The person's columns of the teacher list that the acting role may read; the name always comes first. */
export async function listPreferences(tx: Tx, actor: UserActor): Promise<ListPreferences> {
  const kept = await keptContent(tx, actor, LIST_PAGE)
  const chosen = Array.isArray(kept.columns) && kept.columns.length > 0 ? (kept.columns as string[]) : USUAL
  const known = (Object.keys(TEACHER_FIELDS) as TeacherField[]).filter(
    (field) => chosen.includes(field) && fieldView(actor.role, field) !== null,
  )
  return { columns: known.includes('name') ? known : ['name', ...known], compact: kept.compact === true }
}

/** Ids of the selection in progress; whether each is still visible is decided when it is used. */
export async function selectedIds(tx: Tx, actor: UserActor): Promise<TeacherId[]> {
  const { ids } = await keptContent(tx, actor, SELECTION_PAGE)
  return Array.isArray(ids) ? ids.filter((id): id is TeacherId => typeof id === 'string' && isUuid(id)) : []
}
