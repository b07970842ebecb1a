import { closePools, type DistrictEntry, listDistricts, type Tx, withScope } from '../../db/scope.ts'
import { dayIn } from '../platform/clock.ts'
import type { SystemActor } from '../rules/access/actor.ts'
import { type LocalDate, parseDay } from '../rules/values/dates.ts'
import type { DistrictId } from '../rules/values/ids.ts'
import { type CommandIo, WrongUsage } from './command.ts'

/** A day given as an option; anything else is wrong usage. */
export function dayOption(name: string, text: string | undefined): LocalDate {
  const day = text === undefined ? null : parseDay(text)
  if (!day) throw new WrongUsage(`--${name} 需要日期，如 2026-08-31 · --${name} needs a day such as 2026-08-31`)
  return day
}

/**
 * Reads in the scope of this installation's district (of the named one where there are several) and prints what `read`
 * gives. Exit code 1 when there is no district.
 */
export async function inDistrict(
  io: CommandIo,
  code: string | undefined,
  read: (tx: Tx, district: DistrictEntry) => Promise<number>,
): Promise<number> {
  try {
    const districts = await listDistricts('worker')
    const district = code === undefined ? districts[0] : districts.find((entry) => entry.code === code)
    if (districts.length > 1 && code === undefined)
      throw new WrongUsage('有多个区县，请用 --district 代码 指明 · several districts: name one with --district CODE')
    if (!district) {
      io.err(code === undefined ? '✗ 还没有区县。 There is no district yet.' : `✗ 没有区县 ${code}。 No such district.`)
      return 1
    }
    const actor: SystemActor = {
      kind: 'system',
      districtId: district.id as DistrictId,
      job: 'command line',
      today: dayIn(district.timeZone),
    }
    return await withScope(actor, (tx) => read(tx, district), { readOnly: true, statementSeconds: 120 })
  } finally {
    await closePools()
  }
}
