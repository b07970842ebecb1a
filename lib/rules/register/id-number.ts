import { dayOf, type LocalDate } from '../values/dates.ts'
import { done, type Outcome, type Refusal, refuse } from '../values/outcome.ts'
import type { Sex } from './vocabulary.ts'

/** What an ID number says of its holder (GB 11643). */
export interface IdNumberFacts {
  /** 18 characters, upper-case X. */
  idNumber: string
  area: string
  birth: LocalDate
  sex: Sex
  last4: string
}

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const CHECKS = '10X98765432'

/** Provinces of GB/T 2260 by their first two digits. Areas get abolished, so an unknown one only warns. */
const PROVINCES = new Set(
  '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83'.split(' '),
)

/** As typed → as stored: full-width to half-width, spaces out, x to X. */
export const tidyIdNumber = (typed: string): string =>
  typed
    .normalize('NFKC')
    .replace(/[\s'‘’`\u00ad\u200b-\u200f\ufeff-]/g, '')
    .toUpperCase()

/** Check character of the first 17 digits (GB 11643, mod 11). */
export function idNumberCheck(first17: string): string {
  const sum = WEIGHTS.reduce((all, weight, index) => all + weight * Number(first17[index]), 0)
  return CHECKS[sum % 11]!
}

/**
 * Reads a citizen ID number 公民身份号码 (domain.md §7.1). Refused: the 15-digit legacy form, a wrong length or
 * character, a birth date that does not exist, a wrong check character.
 */
export function readIdNumber(typed: string): Outcome<IdNumberFacts> {
  const idNumber = tidyIdNumber(typed)
  const no = (code: string, values?: Refusal['values']): Outcome<never> =>
    refuse(`register.refusal.idNumber.${code}`, values, { field: 'idNumber' })
  if (idNumber === '') return no('missing')
  if (/^\d{15}$/.test(idNumber)) return no('legacy15')
  if (!/^\d{17}[\dX]$/.test(idNumber))
    return idNumber.length === 18 ? no('characters') : no('length', { length: idNumber.length })
  const birth = dayOf(Number(idNumber.slice(6, 10)), Number(idNumber.slice(10, 12)), Number(idNumber.slice(12, 14)))
  if (!birth || birth < '1900-01-01') return no('birth')
  const check = idNumberCheck(idNumber)
  if (idNumber[17] !== check) return no('check')
  const sex: Sex = Number(idNumber[16]) % 2 === 1 ? 'M' : 'F'
  return done({ idNumber, area: idNumber.slice(0, 6), birth, sex, last4: idNumber.slice(14) })
}

export interface IdNumberWarning {
  code: 'W-ID-MISMATCH' | 'W-ID-AREA'
  message: 'register.warning.idNumber.birth' | 'register.warning.idNumber.sex' | 'register.warning.idNumber.area'
  values: Record<string, string>
}

/**
 * Differences between the number and what is typed beside it, and an unknown area (domain.md §7.1).
 * @param typed birth as day or month, sex; null = not typed
 * @param knownAreas six-digit codes the bureau keeps; without them the province is checked
 */
export function idNumberWarnings(
  facts: IdNumberFacts,
  typed: { birth: string | null; sex: Sex | null },
  knownAreas?: ReadonlySet<string>,
): IdNumberWarning[] {
  const found: IdNumberWarning[] = []
  if (typed.birth !== null && !facts.birth.startsWith(typed.birth))
    found.push({
      code: 'W-ID-MISMATCH',
      message: 'register.warning.idNumber.birth',
      values: { typed: typed.birth, derived: facts.birth },
    })
  if (typed.sex !== null && typed.sex !== facts.sex)
    found.push({
      code: 'W-ID-MISMATCH',
      message: 'register.warning.idNumber.sex',
      values: { typed: typed.sex, derived: facts.sex },
    })
  if (!(knownAreas ? knownAreas.has(facts.area) : PROVINCES.has(facts.area.slice(0, 2))))
    found.push({ code: 'W-ID-AREA', message: 'register.warning.idNumber.area', values: { area: facts.area } })
  return found
}

/** Only the last four characters are shown; area and birth date would tell too much. */
export const maskIdNumber = (idNumber: string): string =>
  `${'*'.repeat(Math.max(0, idNumber.length - 4))}${idNumber.slice(-4)}`
