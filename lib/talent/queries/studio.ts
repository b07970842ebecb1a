import { and, asc, desc, eq } from 'drizzle-orm'
import { schools, studioMemberships, studios } from '@/db/schema/index.ts'
import type { StudioId, StudioLevelCode } from '@/db/schema/talent.ts'
import type { Tx } from '@/db/scope.ts'
import { type HistoryEntry, historyOf } from '@/lib/platform/field-history.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'
import type { Subject } from '@/lib/rules/register/vocabulary.ts'
import type { StudioKind } from '@/lib/rules/talent/studio.ts'
import type { Period } from '@/lib/rules/values/dates.ts'
import type { SchoolId, TeacherId } from '@/lib/rules/values/ids.ts'

export interface StudioMemberRow {
  id: string
  teacherId: TeacherId
  name: string
  role: 'host' | 'member'
  schoolId: SchoolId | null
  school: string | null
  during: Period
}

export interface StudioDetail {
  id: StudioId
  name: string
  level: StudioLevelCode
  kind: StudioKind
  subject: Subject | null
  during: Period
  version: number
  memberships: StudioMemberRow[]
  /** Null where the reader's role sees no history. */
  history: HistoryEntry[] | null
}

const HISTORY_READERS: readonly string[] = ['bureau_hr', 'bureau_reviewer', 'researcher']

/** A studio with everybody who is or was in it, hosts first; null when there is none. */
export async function studioDetail(tx: Tx, id: StudioId, actor: UserActor): Promise<StudioDetail | null> {
  const [studio] = await tx
    .select({
      id: studios.id,
      name: studios.name,
      level: studios.level,
      kind: studios.kind,
      subject: studios.subject,
      during: studios.during,
      version: studios.version,
    })
    .from(studios)
    .where(eq(studios.id, id))
  if (!studio) return null
  const memberships = await tx
    .select({
      id: studioMemberships.id,
      teacherId: studioMemberships.teacherId,
      name: studioMemberships.personName,
      role: studioMemberships.role,
      schoolId: studioMemberships.schoolId,
      school: schools.name,
      during: studioMemberships.during,
    })
    .from(studioMemberships)
    .leftJoin(
      schools,
      and(eq(schools.districtId, studioMemberships.districtId), eq(schools.id, studioMemberships.schoolId)),
    )
    .where(eq(studioMemberships.studioId, id))
    .orderBy(asc(studioMemberships.role), desc(studioMemberships.validTo), asc(studioMemberships.validFrom))
  const history = HISTORY_READERS.includes(actor.role)
    ? await historyOf(
        tx,
        ['studio', 'studio_membership', 'studios', 'studio_memberships'],
        [id, ...memberships.map((row) => row.id)],
      )
    : null
  return { ...studio, memberships, history }
}
