import { sql } from 'drizzle-orm'
import type { Tx } from '@/db/scope.ts'
import { policyInForce } from '@/lib/register/queries/backbone.ts'
import { districtOnDay, establishmentFigures, subjectFigures } from '@/lib/register/queries/school-figures.ts'
import type { Stage, Subject } from '@/lib/rules/register/vocabulary.ts'
import type { LocalDate } from '@/lib/rules/values/dates.ts'
import type { SchoolId } from '@/lib/rules/values/ids.ts'

export interface PlacementSchool {
  id: SchoolId
  name: string
  /** have − need in the subject, heads; below 0 the school is short. Null: nothing to compare. */
  gap: number | null
  /** Approved establishment not filled; null: none is approved on record. */
  vacancies: number | null
  /** Reserve hires placed there in this subject and still at the school. */
  placed: number
}

/** Schools with classes of the stage, the shortest of the subject first (R-POOL-3, R-SUB-1). */
export async function placementSchools(
  tx: Tx,
  { stage, subject, on }: { stage: Stage; subject: Subject; on: LocalDate },
): Promise<PlacementSchool[]> {
  if (stage !== 'P' && stage !== 'J') return []
  const policy = await policyInForce(tx, on)
  const district = await districtOnDay(tx, on, policy)
  const { needs } = subjectFigures(district, policy.periodPlan, 'workplace')
  const establishment = new Map(establishmentFigures(district, policy.norm).map((row) => [row.school.id, row]))
  const placed = new Map(
    (
      await tx.execute<{ school_id: string; count: number }>(sql`
        SELECT p.school_id, count(*)::int AS count FROM reserve_placements p
        JOIN reserve_candidates c ON c.district_id = p.district_id AND c.id = p.candidate_id
        WHERE c.subject = ${subject} AND c.stage = ${stage} AND p.valid_from <= ${on} AND p.valid_to > ${on}
        GROUP BY p.school_id`)
    ).map((row) => [row.school_id, row.count]),
  )
  return district.schools
    .filter((school) => school.pupils[stage] > 0)
    .map((school): PlacementSchool => {
      const need = needs.find((row) => row.schoolId === school.id && row.stage === stage && row.subject === subject)
      const posts = establishment.get(school.id)
      return {
        id: school.id,
        name: school.name,
        gap: need?.gap ? need.gap.num / need.gap.den : null,
        vacancies: posts?.approved == null ? null : posts.approved - posts.actual,
        placed: placed.get(school.id) ?? 0,
      }
    })
    .sort((a, b) => (a.gap ?? 0) - (b.gap ?? 0) || a.name.localeCompare(b.name))
}
