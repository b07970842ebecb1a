import { sql } from 'drizzle-orm'
import { uuids } from '@/db/among.ts'
import type { Tx } from '@/db/scope.ts'
import { backfillRound } from '@/lib/rotation/cases/backfill.ts'
import type { SystemActor } from '../../../rules/access/actor.ts'
import type { LocalDate } from '../../../rules/values/dates.ts'
import type { BatchId } from '../../../rules/values/ids.ts'
import type { UndoBlock } from './undo-blocks.ts'

/**
 * The register's running postings become cases in 在岗交流 of a closed 补录 round, so that a district starts in the
 * middle of a year. The postings then name their cases; the record of the batch keeps them as they are now.
 */
export async function openRunningCases(tx: Tx, actor: SystemActor, batchId: BatchId, on: LocalDate): Promise<number> {
  const { added } = await backfillRound(tx, actor, { name: '补录：在岗交流', on })
  if (added > 0)
    await tx.execute(sql`
      UPDATE field_changes f SET new = to_jsonb(p) FROM postings p
      WHERE f.batch_id = ${batchId}::uuid AND f.entity = 'postings' AND f.operation = 'insert' AND f.entity_id = p.id::text`)
  return added
}

/**
 * A case that is only a note of the register says what the register says: another planned end of its posting, by a later
 * workbook or by taking that back, is the end of the case. Cases of an order keep their own.
 */
export async function followPostings(tx: Tx, at: string): Promise<void> {
  await tx.execute(sql`
    WITH moved AS (
      SELECT c.district_id, c.id, c.teacher_id, c.ends_on AS old, p.ends_on AS new FROM rotation_cases c
      JOIN postings p ON p.district_id = c.district_id AND p.case_id = c.id
      WHERE c.source = 'register' AND c.state = 'serving' AND p.source = 'register' AND c.ends_on IS DISTINCT FROM p.ends_on
    ), kept AS (
      INSERT INTO field_changes (district_id, id, entity, entity_id, teacher_id, operation, field, old, new, at, by_name, reason)
      SELECT district_id, gen_random_uuid(), 'rotation_cases', id::text, teacher_id, 'update', 'endsOn',
        to_jsonb(old), to_jsonb(new), ${at}::timestamptz, '', '交流登记'
      FROM moved
    )
    UPDATE rotation_cases c SET ends_on = m.new, version = c.version + 1, changed_at = ${at}::timestamptz
    FROM moved m WHERE m.district_id = c.district_id AND m.id = c.id`)
}

const casesOfBatch = (batchId: BatchId) => sql`
  SELECT p.case_id FROM postings p JOIN field_changes f ON f.entity = 'postings' AND f.operation = 'insert' AND f.entity_id = p.id::text
  WHERE f.batch_id = ${batchId}::uuid AND p.case_id IS NOT NULL AND p.source = 'register'`

/** Cases that the batch's postings opened and that have gone on since: they stand in the way of undo. */
export async function casesGoneOn(tx: Tx, batchId: BatchId): Promise<UndoBlock[]> {
  const rows = await tx.execute<{ id: string; name: string; by: string; at: string }>(sql`
    SELECT c.id, t.name, c.changed_by_name AS by, c.changed_at::text AS at FROM rotation_cases c
    JOIN teachers t ON t.district_id = c.district_id AND t.id = c.teacher_id
    WHERE c.id IN (${casesOfBatch(batchId)}) AND (c.state <> 'serving' OR EXISTS (
      SELECT 1 FROM case_decisions d WHERE d.district_id = c.district_id AND d.case_id = c.id AND d.action <> 'backfill'))
    LIMIT 200`)
  return [...rows].map(({ id, name, by, at }) => {
    return { why: 'edited', table: 'rotation_cases', entityId: id, label: name, by, at, count: 1 }
  })
}

/** Cases that were only ever a note of the register go with it. */
export async function closeRunningCases(tx: Tx, batchId: BatchId): Promise<void> {
  const rows = await tx.execute<{ case_id: string }>(casesOfBatch(batchId))
  if (rows.length === 0) return
  const ids = uuids([...rows].map((row) => row.case_id))
  await tx.execute(sql`UPDATE postings SET case_id = NULL WHERE case_id = ANY (${ids})`)
  await tx.execute(sql`DELETE FROM case_decisions WHERE case_id = ANY (${ids})`)
  await tx.execute(sql`DELETE FROM rotation_cases WHERE id = ANY (${ids})`)
}
