import { and, eq, max, sql } from 'drizzle-orm'
import { orders } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import type { DistrictId } from '@/lib/rules/values/ids.ts'

/**
 * The first of `count` numbers 文号 that follow each other without a gap. Two who number at once wait for each other
 * until the first has committed; a cancelled order keeps its number, none is given twice.
 */
export async function takeOrderNumbers(tx: Tx, districtId: DistrictId, prefix: string, year: number): Promise<number> {
  await tx.execute(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`orders|${districtId}|${prefix}|${year}`}, 0))`)
  const [last] = await tx
    .select({ serial: max(orders.serial) })
    .from(orders)
    .where(and(eq(orders.prefix, prefix), eq(orders.year, year)))
  return (last?.serial ?? 0) + 1
}
