import { districtOnDay, subjectFigures } from '../../register/queries/school-figures.ts'
import { policyFor } from '../../rotation/queries/policy-for.ts'
import { tenthsOf } from '../../rules/register/establishment.ts'
import { schoolYearOf } from '../../rules/values/dates.ts'
import type { Ratio } from '../../rules/values/ratio.ts'
import { type CommandIo, parseCommand, printJson } from '../command.ts'
import { dayOption, inDistrict } from '../read-district.ts'

export const usage = ['need --on DATE [--district CODE] [--json]']
export const needsDatabase = true

const shown = (value: Ratio | null) => (value === null ? null : tenthsOf(value) / 10)

/** Subject need and gap per school, and the district's net gap and gross shortage (R-SUB-1). */
export async function run(args: string[], io: CommandIo): Promise<number> {
  const { values } = parseCommand({ args, options: { on: { type: 'string' }, district: { type: 'string' } } })
  const on = dayOption('on', values.on)
  return inDistrict(io, values.district, async (tx) => {
    const { policy } = await policyFor(tx, schoolYearOf(on))
    const day = await districtOnDay(tx, on, policy)
    const names = new Map<string, string>(day.schools.map(({ id, name }) => [id, name]))
    const { needs, district } = subjectFigures(day, policy.periodPlan)
    const json = {
      on,
      rows: needs.map(({ schoolId, stage, subject, have, need, gap }) => ({
        school: names.get(schoolId) ?? schoolId,
        stage,
        subject,
        need: shown(need),
        have: shown(have),
        gap: shown(gap),
      })),
      district: district.map(({ stage, subject, have, need, gap, grossShortage }) => ({
        stage,
        subject,
        need: shown(need),
        have: shown(have),
        gap: shown(gap),
        grossShortage: shown(grossShortage),
      })),
    }
    if (io.json) printJson(io, json)
    else {
      for (const row of json.district)
        io.out([row.stage, row.subject, row.have, row.need ?? '—', row.gap ?? '—', row.grossShortage ?? '—'].join('\t'))
      for (const row of json.rows)
        io.out([row.school, row.stage, row.subject, row.have, row.need ?? '—', row.gap ?? '—'].join('\t'))
    }
    return 0
  })
}
