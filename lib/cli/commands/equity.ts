import { equityFigures } from '../../equity/queries/equity-figures.ts'
import { districtOnDay } from '../../register/queries/school-figures.ts'
import { policyFor } from '../../rotation/queries/policy-for.ts'
import { schoolYearOf } from '../../rules/values/dates.ts'
import { type CommandIo, parseCommand, printJson, WrongUsage } from '../command.ts'
import { dayOption, inDistrict } from '../read-district.ts'

export const usage = ['equity --on DATE [--basis relation|workplace] [--district CODE] [--json]']
export const needsDatabase = true

const asNumber = (share: { num: number; den: number } | null) => (share === null ? null : share.num / share.den)

/** The seven indicators of 优质均衡 and their coefficients per stage. */
export async function run(args: string[], io: CommandIo): Promise<number> {
  const { values } = parseCommand({
    args,
    options: { on: { type: 'string' }, basis: { type: 'string', default: 'relation' }, district: { type: 'string' } },
  })
  const on = dayOption('on', values.on)
  const basis = values.basis
  if (basis !== 'relation' && basis !== 'workplace')
    throw new WrongUsage('--basis 为 relation（人事关系）或 workplace（任教单位）· relation or workplace')
  return inDistrict(io, values.district, async (tx) => {
    const { policy } = await policyFor(tx, schoolYearOf(on))
    const district = await districtOnDay(tx, on, policy)
    const names = new Map<string, string>(district.schools.map(({ id, name }) => [id, name]))
    const { stages } = equityFigures(district, basis)
    const stageJson = (stage: 'P' | 'J') => ({
      units: stages[stage].units,
      pupils: stages[stage].pupils,
      indicators: stages[stage].indicators.map((figure) => ({
        indicator: figure.number,
        total: asNumber(figure.total),
        district: asNumber(figure.district),
        cv: figure.coefficient && figure.coefficient.tenThousandths / 10_000,
        passes: figure.passes,
        below: figure.below.length,
        belowSchools: figure.below.map((id) => names.get(id) ?? id),
        driver: figure.coefficient && (names.get(figure.coefficient.driver) ?? null),
      })),
    })
    const json = { on, basis, stages: { P: stageJson('P'), J: stageJson('J') } }
    if (io.json) printJson(io, json)
    else
      for (const [stage, side] of Object.entries(json.stages)) {
        io.out(`${stage}  ${side.units} units  ${side.pupils} pupils`)
        for (const row of side.indicators)
          io.out(
            `  ${row.indicator}  CV ${row.cv?.toFixed(4) ?? '—'}  ${row.passes}  below ${row.below}  district ${row.district?.toFixed(4) ?? '—'}`,
          )
      }
    return 0
  })
}
