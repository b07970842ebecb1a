import { and, eq, inArray, notInArray, sql } from 'drizzle-orm'
import { postings, rotationCases, schools, teachers } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import type { Actor } from '@/lib/rules/access/actor.ts'
import type { Subject } from '@/lib/rules/register/vocabulary.ts'
import { addMonthsToDay } from '@/lib/rules/values/dates.ts'
import { groupBy } from '@/lib/rules/values/group-by.ts'
import type { RoundId } from '@/lib/rules/values/ids.ts'
import { caseHref, roundHref } from '../cases/addresses.ts'
import { roundSummary } from './rounds.ts'

export interface UnusualItem {
  key: string
  /** Sentence `board.unusual.<kind>`. */
  kind: 'short' | 'backboneLeaves' | 'movesOften'
  subject: Subject | null
  values: Record<string, string | number>
  href: string
}

/** Backbone teachers of one subject leaving one school from which a signer should look twice. */
const MANY_BACKBONE = 3
/** A third move within six years. */
const MANY_MOVES = 2
const MOVE_MONTHS = 72

/** What a signer should look at before signing, worst first: a school left short, backbone leaving together, one moved often. */
export async function unusualInRound(tx: Tx, actor: Actor, roundId: RoundId): Promise<UnusualItem[]> {
  const summary = await roundSummary(tx, actor, roundId)
  if (!summary) return []
  const short = summary.schools.flatMap((line) =>
    line.subjects
      .filter((cover) => cover.leaving > 0 && cover.haveTenths < cover.needTenths)
      .map((cover): UnusualItem & { weight: number } => ({
        key: `short ${line.schoolId} ${cover.stage} ${cover.subject}`,
        kind: 'short',
        subject: cover.subject,
        values: {
          school: line.school,
          lack: ((cover.needTenths - cover.haveTenths) / 10).toFixed(1),
          leaving: cover.leaving,
        },
        href: `${roundHref(roundId)}?school=${line.schoolId}&side=out&subject=${cover.subject}`,
        weight: cover.needTenths - cover.haveTenths,
      })),
  )
  const live = await tx
    .select({
      id: rotationCases.id,
      teacherId: rotationCases.teacherId,
      fromId: rotationCases.fromSchoolId,
      from: schools.name,
      subject: rotationCases.subject,
      isBackbone: rotationCases.isBackbone,
      name: teachers.name,
    })
    .from(rotationCases)
    .innerJoin(
      schools,
      and(eq(schools.districtId, rotationCases.districtId), eq(schools.id, rotationCases.fromSchoolId)),
    )
    .innerJoin(
      teachers,
      and(eq(teachers.districtId, rotationCases.districtId), eq(teachers.id, rotationCases.teacherId)),
    )
    .where(
      and(
        eq(rotationCases.roundId, roundId),
        notInArray(rotationCases.state, ['draft', 'rejected', 'withdrawn', 'terminated']),
      ),
    )
  const leaving = [
    ...groupBy(
      live.filter((row) => row.isBackbone),
      (row) => `${row.fromId} ${row.subject ?? ''}`,
    ).values(),
  ]
    .filter((rows) => rows.length >= MANY_BACKBONE)
    .map(
      (rows): UnusualItem => ({
        key: `backbone ${rows[0]!.fromId} ${rows[0]!.subject ?? ''}`,
        kind: 'backboneLeaves',
        subject: rows[0]!.subject,
        values: { school: rows[0]!.from, count: rows.length },
        href: `${roundHref(roundId)}?school=${rows[0]!.fromId}&side=out&backbone=yes`,
      }),
    )
  return [...short.sort((a, b) => b.weight - a.weight), ...leaving, ...(await movedOften(tx, actor, live))]
}

async function movedOften(
  tx: Tx,
  actor: Actor,
  live: { id: string; teacherId: string; name: string }[],
): Promise<UnusualItem[]> {
  if (live.length === 0) return []
  const since = addMonthsToDay(actor.today, -MOVE_MONTHS)
  const counts = await tx
    .select({ teacherId: postings.teacherId, count: sql<number>`count(*)::int` })
    .from(postings)
    .where(
      and(
        inArray(
          postings.teacherId,
          live.map((row) => row.teacherId as never),
        ),
        sql`${postings.startsOn} >= ${since}`,
      ),
    )
    .groupBy(postings.teacherId)
  const often = new Map(
    counts.filter(({ count }) => count >= MANY_MOVES).map(({ teacherId, count }) => [teacherId as string, count]),
  )
  return live
    .filter(({ teacherId }) => often.has(teacherId))
    .map((row) => ({
      key: `often ${row.id}`,
      kind: 'movesOften',
      subject: null,
      values: { name: row.name, count: (often.get(row.teacherId) ?? 0) + 1 },
      href: caseHref(row.id as never),
    }))
}
