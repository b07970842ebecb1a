import { and, asc, eq, sql } from 'drizzle-orm'
import { schools, teachers } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'
import { mayUse } from '@/lib/rules/access/permissions.ts'
import type { Stage, Subject } from '@/lib/rules/register/vocabulary.ts'
import type { SchoolId, TeacherId } from '@/lib/rules/values/ids.ts'
import { ownSchools } from './schools.ts'
import { holdsOn, likeLiteral, personMatches, relation } from './teacher-conditions.ts'

export interface FoundPerson {
  id: TeacherId
  name: string
  school: string
  stage: Stage | null
  subject: Subject | null
}

/** People for the finder: whole names first, then by name; at most twelve. */
export async function findPeople(tx: Tx, actor: UserActor, words: string): Promise<FoundPerson[]> {
  if (!mayUse(actor, 'register.teacher.view')) return []
  const folded = words.normalize('NFKC').replace(/\s+/g, '')
  return tx
    .select({
      id: teachers.id,
      name: teachers.name,
      school: schools.name,
      stage: relation.stage,
      subject: relation.subject,
    })
    .from(teachers)
    .innerJoin(
      relation,
      and(
        eq(relation.districtId, teachers.districtId),
        eq(relation.teacherId, teachers.id),
        eq(relation.kind, 'establishment'),
        holdsOn(relation, actor.today),
      ),
    )
    .innerJoin(schools, and(eq(schools.districtId, relation.districtId), eq(schools.id, relation.schoolId)))
    .where(await personMatches(tx, actor, words))
    .orderBy(
      sql`${teachers.name} <> ${folded} AND ${teachers.initials} <> ${folded.toLowerCase()} AND ${teachers.pinyin} <> ${folded.toLowerCase()}`,
      asc(teachers.pinyin),
      asc(teachers.staffNo),
    )
    .limit(12)
}

/** Schools for the finder, by name, short name, alias, pinyin, initials or code. */
export async function findSchools(
  tx: Tx,
  actor: UserActor,
  words: string,
): Promise<{ id: SchoolId; name: string; code: string }[]> {
  if (!mayUse(actor, 'register.school.view')) return []
  const folded = words.normalize('NFKC').replace(/\s+/g, '')
  const plain = `%${likeLiteral(folded)}%`
  const lower = `${likeLiteral(folded.toLowerCase())}%`
  return tx
    .select({ id: schools.id, name: schools.name, code: schools.code })
    .from(schools)
    .where(
      and(
        ownSchools(actor),
        sql`(${schools.name} LIKE ${plain} OR ${schools.shortName} LIKE ${plain} OR array_to_string(${schools.aliases}, ' ') LIKE ${plain}
          OR ${schools.pinyin} LIKE ${lower} OR ${schools.initials} LIKE ${lower} OR ${schools.code} = ${folded})`,
      ),
    )
    .orderBy(asc(schools.position))
    .limit(6)
}
