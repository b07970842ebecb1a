import { randomInt } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { closePools, withScope } from '@/db/scope.ts'
import { planAccounts } from '@/db/seed/accounts.ts'
import { generateDistrict } from '@/db/seed/district.ts'
import { dayIn } from '@/lib/platform/clock.ts'
import { createDistrict } from '@/lib/platform/create-district.ts'
import { demoAccountsFile } from '@/lib/platform/demo-accounts.ts'
import { newId } from '@/lib/platform/new-id.ts'
import { loadDistrict } from '@/lib/register/store/load-district.ts'
import { backfillRound } from '@/lib/rotation/cases/backfill.ts'
import type { SystemActor } from '@/lib/rules/access/actor.ts'
import type { DistrictId, TeacherId } from '@/lib/rules/values/ids.ts'
import { createDemoAccounts } from './seed-accounts.ts'
import { seedReserve } from './seed-reserve.ts'
import { seedTalent } from './seed-talent.ts'

const WORDS = [
  'shan',
  'chuan',
  'he',
  'yun',
  'song',
  'mei',
  'lan',
  'zhu',
  'feng',
  'yue',
  'qing',
  'ming',
  'an',
  'ning',
  'hua',
  'yu',
]
const word = () => WORDS[randomInt(WORDS.length)]!

/** A password a person can type from the sign-in page: two words, a sign, three digits. */
const demoPassword = () => `${word().replace(/^./, (first) => first.toUpperCase())}-${word()}${randomInt(100, 1000)}`

export interface SeedOptions {
  seed?: number
  index?: number
  /** Same password for all accounts: tests only. */
  password?: string
}

/** Loads the demo district 演示数据 into an empty database and writes its accounts to the data folder. @returns what was made, in words */
export async function seedDemo(
  _urls?: unknown,
  { seed = 2026, index = 0, password }: SeedOptions = {},
): Promise<string> {
  const district = generateDistrict({ seed, index })
  const districtId = newId<DistrictId>()
  const actor: SystemActor = { kind: 'system', districtId, job: 'seed', today: dayIn('Asia/Shanghai') }
  const chosen = password ?? demoPassword()
  const accounts = planAccounts(district)
  await withScope(
    actor,
    async (tx) => {
      await createDistrict(tx, {
        id: districtId,
        code: district.code,
        name: district.name,
        documentPrefix: `${district.name.slice(0, 1)}教人调`,
        demo: true,
      })
      const { schoolIds, teacherIds } = await loadDistrict(tx, districtId, district)
      await seedTalent(tx, districtId, district, { schoolIds, teacherIds })
      await seedReserve(tx, districtId, district, { schoolIds, teacherIds })
      const schoolByCode = new Map(district.schools.map((school) => [school.code, schoolIds.get(school.name)!]))
      const teacherByNo = new Map<string, TeacherId>(
        district.staff.flatMap((person) =>
          person.staffNo ? [[person.staffNo, teacherIds.get(person.idNumber)!] as const] : [],
        ),
      )
      await createDemoAccounts(tx, actor, accounts, chosen, { schoolByCode, teacherByNo })
      await backfillRound(tx, actor, { name: '补录：在岗交流' })
    },
    { statementSeconds: 120 },
  )
  await closePools()
  const schoolName = new Map(district.schools.map((school) => [school.code, school.name]))
  const shown = accounts
    .filter(
      (account) =>
        account.schoolCode === null ||
        /\.s0[12]$/.test(account.login) ||
        account.role === 'teacher' ||
        account.role === 'researcher',
    )
    .map((account) => ({
      login: account.login,
      password: chosen,
      role: account.role,
      who: [account.displayName, account.schoolCode ? schoolName.get(account.schoolCode) : null]
        .filter(Boolean)
        .join(' · '),
    }))
  writeFileSync(demoAccountsFile(), JSON.stringify(shown, null, 1), { mode: 0o600 })
  return `${district.schools.length} schools, ${district.staff.length} people, ${accounts.length} accounts`
}
