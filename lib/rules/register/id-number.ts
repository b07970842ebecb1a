import { dayOf, type LocalDate } from '../values/dates.ts'
import type { Sex } from './vocabulary.ts'

/** Why a text is no 公民身份号码; each is a finding of the import under the same code. */
export type IdNumberFault = 'E-ID-15' | 'E-ID-CHARS' | 'E-ID-LENGTH' | 'E-ID-DATE' | 'E-ID-CHECKSUM'

export interface IdNumber {
  /** 18 characters, upper-case X. */
  text: string
  birth: LocalDate
  sex: Sex
  /** False when the first two digits are no province: areas get abolished, so this only warns. */
  knownArea: boolean
}

export type IdNumberRead =
  | { ok: true; value: IdNumber }
  | { ok: false; fault: IdNumberFault; position?: number; expected?: string; swapped?: boolean }

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const CHECKS = '10X98765432'
/** Nobody on a register was born before; such a year is a slip of the keys. */
const EARLIEST_BIRTH = '1900-01-01'
/** GB/T 2260 provinces, and 81–83 for residents from Hong Kong, Macao and Taiwan. */
const PROVINCES = new Set(
  '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83'.split(' '),
)

/** Check character of the first 17 digits (GB 11643, domain.md §7.1). */
export function idCheckCharacter(first17: string): string {
  let sum = 0
  for (let i = 0; i < 17; i++) sum += Number(first17[i]) * WEIGHTS[i]!
  return CHECKS[sum % 11]!
}

/** Two neighbouring digits typed the wrong way round are the commonest slip: does one exchange put it right? */
function isSwapped(text: string): boolean {
  for (let i = 0; i < 16; i++) {
    if (text[i] === text[i + 1]) continue
    const other = text.slice(0, i) + text[i + 1] + text[i] + text.slice(i + 2)
    if (idCheckCharacter(other.slice(0, 17)) === text[17] && birthOf(other)) return true
  }
  return false
}

const birthOf = (text: string): LocalDate | null =>
  dayOf(Number(text.slice(6, 10)), Number(text.slice(10, 12)), Number(text.slice(12, 14)))

/** Reads a number already without spaces and full-width forms (GB 11643, domain.md §7.1). */
export function readIdNumber(raw: string): IdNumberRead {
  const text = raw.toUpperCase()
  if (/^\d{15}$/.test(text)) return { ok: false, fault: 'E-ID-15' }
  const foreign = [...text].findIndex((sign, i) => !/\d/.test(sign) && !(sign === 'X' && i === text.length - 1))
  if (foreign >= 0) return { ok: false, fault: 'E-ID-CHARS', position: foreign + 1 }
  if (text.length !== 18) return { ok: false, fault: 'E-ID-LENGTH' }
  const birth = birthOf(text)
  if (birth === null || birth < EARLIEST_BIRTH) return { ok: false, fault: 'E-ID-DATE' }
  const expected = idCheckCharacter(text)
  if (expected !== text[17]) return { ok: false, fault: 'E-ID-CHECKSUM', expected, swapped: isSwapped(text) }
  const sex: Sex = Number(text[16]) % 2 === 1 ? 'M' : 'F'
  return { ok: true, value: { text, birth, sex, knownArea: PROVINCES.has(text.slice(0, 2)) } }
}
