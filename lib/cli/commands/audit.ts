import { existsSync, readFileSync } from 'node:fs'
import { closePools, listDistricts, withScope } from '../../../db/scope.ts'
import { type Head, parseHeadLine, verifyingKey } from '../../platform/audit-heads.ts'
import { type Verdict, verifyChain } from '../../platform/audit-verify.ts'
import { todayIn } from '../../platform/clock.ts'
import type { SystemActor } from '../../rules/access/actor.ts'
import type { DistrictId } from '../../rules/values/ids.ts'
import { type CommandIo, parseCommand, printJson, WrongUsage } from '../command.ts'

export const usage = ['audit verify [--head FILE]']
export const needsDatabase = true

/** Verify the trail of every district, also against heads kept outside. Exit code 1 with the first bad place when it is not sound. */
export async function run(args: string[], io: CommandIo): Promise<number> {
  const { values, positionals } = parseCommand({
    args,
    options: { head: { type: 'string' } },
    allowPositionals: true,
  })
  if (positionals.length !== 1 || positionals[0] !== 'verify') throw new WrongUsage('audit verify')
  const given = readHeads(values.head)
  const reports: ({ district: string } & Verdict)[] = []
  for (const district of await listDistricts('worker')) {
    const actor: SystemActor = {
      kind: 'system',
      districtId: district.id as DistrictId,
      job: 'audit verify',
      today: todayIn({ ...district, settings: {} }),
    }
    const verdict = await withScope(
      actor,
      (tx) => verifyChain(tx, { own: verifyingKey(), given: given.filter((head) => head.district === district.id) }),
      { readOnly: true, isolation: 'repeatable read', statementSeconds: 120 },
    )
    reports.push({ district: district.code, ...verdict })
  }
  await closePools()
  if (io.json) printJson(io, { ok: reports.every((report) => report.ok), districts: reports })
  else for (const report of reports) printReport(io, report)
  return reports.every((report) => report.ok) ? 0 : 1
}

function readHeads(file: string | undefined): Head[] {
  if (!file) return []
  if (!existsSync(file)) throw new WrongUsage(`没有这个文件 no such file: ${file}`)
  const lines = readFileSync(file, 'utf8').split('\n')
  const heads = lines.flatMap((line) => parseHeadLine(line) ?? [])
  if (heads.length === 0) throw new WrongUsage(`文件里没有链头 no head in ${file}`)
  return heads
}

function printReport(io: CommandIo, report: { district: string } & Verdict): void {
  const { district, links, waiting, heads, givenHeads, faults } = report
  if (report.ok) {
    io.out(`✓ ${district}: ${links} links, ${waiting} waiting, ${heads} heads, ${givenHeads} given · 核验通过 sound`)
    return
  }
  io.err(`✗ ${district}: 核验未通过 not sound, ${faults.length} faults, first at link ${faults[0]?.seq}`)
  for (const fault of faults) io.err(`  ${fault.seq} ${fault.code} ${fault.what}`)
}
