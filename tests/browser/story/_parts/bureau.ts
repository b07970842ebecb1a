import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { planAccounts } from '../../../../db/seed/accounts.ts'
import { generateDistrict } from '../../../../db/seed/district.ts'
import { writeRegistersWorkbook, writeRosterWorkbook, writeSchoolsWorkbook } from '../../../../db/seed/workbooks.ts'

/** The bureau of the story: its server, what its console printed, and the workbooks it keeps in a drawer. */
export const BUREAU_URL = process.env.JUNHENG_TEST_BUREAU ?? ''
const folder = () => process.env.JUNHENG_TEST_BUREAU_DATA ?? ''

/** What `npm start` printed on the server's console. */
export const setUpToken = (): string => readFileSync(join(folder(), 'set-up-token'), 'utf8').trim()

/** The district of the generator: this bureau has it in its workbooks and nowhere else. */
export const district = generateDistrict({ seed: 2026, index: 0 })

const staffNos = new Map(planAccounts(district).map((account) => [account.login, account]))

/** Somebody of the roster by their place: principal.s01 heads the first school, teacher1 may be moved. */
export function personOf(place: string): { login: string; name: string; school: string } {
  const account = staffNos.get(place)
  if (!account?.staffNo) throw new Error(`nobody of the roster is ${place}`)
  const person = district.staff.find(({ staffNo }) => staffNo === account.staffNo)
  if (!person) throw new Error(`${account.staffNo} is not in the roster`)
  return { login: account.staffNo.toLowerCase(), name: person.name, school: person.school }
}

/** The bureau's three workbooks, as messy as many clerks leave them, in the order in which they are imported. */
export async function writeWorkbooks(): Promise<{ schools: string; roster: string; registers: string }> {
  const drawer = join(folder(), 'workbooks')
  mkdirSync(drawer, { recursive: true })
  const write = (name: string, bytes: Uint8Array) => {
    writeFileSync(join(drawer, name), bytes)
    return join(drawer, name)
  }
  return {
    schools: write('学校基本情况.xlsx', await writeSchoolsWorkbook(district)),
    roster: write('教职工花名册.xlsx', await writeRosterWorkbook(district, { seed: 2026 })),
    registers: write('交流与暂缓登记.xlsx', await writeRegistersWorkbook(district)),
  }
}
