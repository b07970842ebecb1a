import { inArray } from 'drizzle-orm'
import { teacherSecrets } from '../../../db/schema/index.ts'
import type { Tx } from '../../../db/scope.ts'
import { keyring } from '../../platform/crypto.ts'
import { policyFor } from '../../rotation/queries/policy-for.ts'
import { computeRoll, countRoll, type RollLine } from '../../rotation/queries/roll.ts'
import { roundYearOf } from '../../rules/calendar/school-year.ts'
import { reasonRules } from '../../rules/rotation/eligibility.ts'
import type { DistrictId } from '../../rules/values/ids.ts'
import { type CommandIo, parseCommand, printJson } from '../command.ts'
import { dayOption, inDistrict } from '../read-district.ts'

export const usage = ['roll --snapshot DATE [--with-id-number] [--district CODE] [--json]']
export const needsDatabase = true

/** The eligibility roll on a snapshot, a line a person. */
export async function run(args: string[], io: CommandIo): Promise<number> {
  const { values } = parseCommand({
    args,
    options: {
      snapshot: { type: 'string' },
      'with-id-number': { type: 'boolean', default: false },
      district: { type: 'string' },
    },
  })
  const snapshot = dayOption('snapshot', values.snapshot)
  return inDistrict(io, values.district, async (tx, district) => {
    const { policy } = await policyFor(tx, roundYearOf(snapshot))
    const lines = await computeRoll(tx, snapshot, policy)
    const idNumbers = values['with-id-number'] ? await idNumbersOf(tx, district.id as DistrictId, lines) : null
    const counts = countRoll(lines)
    if (io.json) {
      printJson(io, { snapshot, counts, people: lines.map((line) => personJson(line, idNumbers)) })
      return 0
    }
    for (const [name, count] of Object.entries(counts)) io.out(`${name.padEnd(13)} ${count}`)
    for (const { result, who } of lines)
      io.out(
        [
          who.staffNo,
          idNumbers?.get(who.teacherId),
          who.name,
          who.schoolName,
          result.state,
          reasonRules(result).join(' '),
        ]
          .filter((cell) => cell !== undefined)
          .join('\t'),
      )
    return 0
  })
}

const personJson = ({ result, who }: RollLine, idNumbers: Map<string, string> | null) => ({
  staffNo: who.staffNo,
  ...(idNumbers ? { idNumber: idNumbers.get(who.teacherId) ?? null } : {}),
  name: who.name,
  school: who.schoolName,
  state: result.state,
  decidingRule: result.decidingRule,
  reasons: reasonRules(result),
  tenureMonths: result.tenureMonths,
  retirementCategory: result.retirementCategory,
  retirementDate: result.retirementDate,
  isBackbone: result.isBackbone,
  isPrincipal: result.isPrincipal,
  nextChange: result.nextChange,
})

/** ID numbers of the people listed, opened on the server's own console only. */
async function idNumbersOf(tx: Tx, districtId: DistrictId, lines: readonly RollLine[]): Promise<Map<string, string>> {
  const keys = await keyring(tx, districtId)
  const rows = await tx
    .select({ teacherId: teacherSecrets.teacherId, idNumber: teacherSecrets.idNumber })
    .from(teacherSecrets)
    .where(
      inArray(
        teacherSecrets.teacherId,
        lines.map(({ who }) => who.teacherId),
      ),
    )
  return new Map(
    rows.map(({ teacherId, idNumber }) => [
      teacherId,
      keys.open({ table: 'teacher_secrets', column: 'id_number', rowId: teacherId }, idNumber),
    ]),
  )
}
