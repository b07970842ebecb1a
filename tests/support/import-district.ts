/** An empty district to import into, and the way a workbook takes through dry run and confirmation. */
import type { DryRunReport } from '@/lib/register/imports/run/dry-run.ts'
import type { ImportKind } from '@/lib/register/imports/run/entries.ts'
import { importNow } from '@/lib/register/imports/run/import-now.ts'
import type { SystemActor } from '@/lib/rules/access/actor.ts'
import { day, type LocalDate } from '@/lib/rules/values/dates.ts'
import { aLoadedDistrict, type LoadedDistrict } from './loaded-district.ts'

export const anEmptyDistrict = (today?: LocalDate): Promise<LoadedDistrict> =>
  aLoadedDistrict(
    { statisticsDate: day('2026-09-01'), schools: [], staff: [], rotations: [], leaves: [], disciplines: [] },
    today,
  )

/** Dry run and confirmation in one. Throws with the refusal when it is refused. */
export async function imported(
  actor: SystemActor,
  kind: ImportKind,
  content: Uint8Array,
  fileName = `${kind}.xlsx`,
): Promise<DryRunReport> {
  const outcome = await importNow(actor, { content: Buffer.from(content), fileName, kind, on: null })
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.refusals))
  return outcome.value.report
}

