/** The district of ../shared/data as the product's own readers give it. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { openWorkbook } from '@/lib/platform/workbook/open.ts'
import { parseRegisters } from '@/lib/register/imports/registers.ts'
import { parseRoster } from '@/lib/register/imports/roster.ts'
import { parseSchools } from '@/lib/register/imports/schools.ts'
import type { DistrictRecords } from '@/lib/rules/register/records.ts'
import { day } from '@/lib/rules/values/dates.ts'
import { sharedData } from './shared-records.ts'

async function sheetsOf(name: string) {
  const opened = await openWorkbook(readFileSync(join(sharedData, name)), name)
  if (!opened.ok) throw new Error(`${name}: ${JSON.stringify(opened.refusals)}`)
  return opened.value
}

export async function parsedSharedDistrict(): Promise<DistrictRecords> {
  const statisticsDate = day('2026-09-01')
  const records = <T>(parsed: { rows: { record: T }[] }) => parsed.rows.map(({ record }) => record)
  const schools = records(parseSchools(await sheetsOf('学校基本情况-2026.xlsx'), { statisticsDate }))
  const context = { schools, statisticsDate }
  const staff = records(parseRoster(await sheetsOf('教职工花名册-2026.xlsx'), context))
  const known = new Set(staff.map(({ idNumber }) => idNumber))
  const registers = parseRegisters(await sheetsOf('交流与暂缓登记-2026.xlsx'), {
    schools,
    statisticsDate: day('2026-11-20'),
    isKnown: (idNumber) => known.has(idNumber),
  })
  return {
    statisticsDate,
    schools,
    staff,
    rotations: records(registers.rotations),
    leaves: records(registers.leaves),
    disciplines: records(registers.disciplines),
  }
}
