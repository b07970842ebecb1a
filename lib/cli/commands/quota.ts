import type { Tx } from '../../../db/scope.ts'
import { policyFor } from '../../rotation/queries/policy-for.ts'
import { type QuotaView, registerQuota } from '../../rotation/queries/quota.ts'
import { computeRoll } from '../../rotation/queries/roll.ts'
import { roundQuota, schoolNames } from '../../rotation/queries/round-quota.ts'
import { roundYearOf } from '../../rules/calendar/school-year.ts'
import type { QuotaVerdict } from '../../rules/rotation/quota.ts'
import { isUuid, type RoundId } from '../../rules/values/ids.ts'
import { percentText } from '../../rules/values/ratio.ts'
import { type CommandIo, parseCommand, printJson, WrongUsage } from '../command.ts'
import { dayOption, inDistrict } from '../read-district.ts'

export const usage = ['quota --snapshot DATE | --round ID [--district CODE] [--json]']
export const needsDatabase = true

/** Quota figures of a round, or of a school year as the register has its moves. */
export async function run(args: string[], io: CommandIo): Promise<number> {
  const { values } = parseCommand({
    args,
    options: { snapshot: { type: 'string' }, round: { type: 'string' }, district: { type: 'string' } },
  })
  if ((values.snapshot === undefined) === (values.round === undefined))
    throw new WrongUsage('用 --snapshot 或 --round 之一 · give --snapshot or --round')
  if (values.round !== undefined && !isUuid(values.round))
    throw new WrongUsage('--round: 不是轮次编号 · not a round id')
  const snapshot = values.round === undefined ? dayOption('snapshot', values.snapshot) : null
  return inDistrict(io, values.district, async (tx) => {
    const view =
      snapshot === null
        ? await roundQuota(tx, values.round as RoundId)
        : await registerQuota(
            tx,
            await computeRoll(tx, snapshot, (await policyFor(tx, roundYearOf(snapshot))).policy),
            snapshot,
            (await policyFor(tx, roundYearOf(snapshot))).policy,
          )
    if (view === null) {
      io.err('✗ 没有该轮次，或尚未定册。 No such round, or its roll is not frozen yet.')
      return 1
    }
    const json = await quotaJson(tx, view)
    if (io.json) printJson(io, json)
    else {
      io.out(`E ${json.E}  EB ${json.EB}  R ${json.R}  RB ${json.RB}  新派 ${json.new}  续派 ${json.continuing}`)
      io.out(`needR ${json.needR}`)
      for (const [name, reading] of Object.entries(json.readings))
        io.out(
          `${name}  ${reading.numerator}/${reading.denominator}  need ${reading.need}  ${reading.met}  ${reading.percent ?? '—'}`,
        )
      for (const { school, target } of json.targets) io.out(`${school}\t${target}`)
    }
    return 0
  })
}

const verdict = (part: number, base: number, of: QuotaVerdict) => ({
  need: of.kind === 'measured' ? of.need : null,
  numerator: part,
  denominator: base,
  percent: of.kind === 'measured' ? percentText(of.share) : null,
  met: of.kind === 'measured' ? of.met : null,
})

/** `quota --json` of docs: E and EB by the roll; denominators with those who moved without being eligible (R-ELIG-13). */
export async function quotaJson(tx: Tx, { figures, targets }: QuotaView) {
  const [E, EB] = [figures.eligible.length, figures.eligibleBackbone.length]
  const [R, RB] = [figures.moved.length, figures.movedBackbone.length]
  const base = E + figures.added.length
  const names = await schoolNames(
    tx,
    targets.flatMap(({ schoolIds }) => schoolIds),
  )
  return {
    E,
    EB,
    R,
    RB,
    new: figures.new.length,
    continuing: figures.continuing.length,
    added: figures.added.length,
    addedBackbone: figures.addedBackbone.length,
    needR: figures.needBeforeMoves,
    total: verdict(R, base, figures.total),
    binding: figures.binding,
    readings: {
      A: verdict(RB, R, figures.readings.A),
      B: verdict(RB, EB + figures.addedBackbone.length, figures.readings.B),
      C: verdict(RB, base, figures.readings.C),
    },
    targets: targets.map(({ schoolIds, target, pool, eligible }) => ({
      school: schoolIds.map((id) => names.get(id) ?? id).join('、'),
      target,
      eligible,
      ...(pool === null ? {} : { pool }),
    })),
  }
}
