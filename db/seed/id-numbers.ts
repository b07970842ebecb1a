/**
 * Invented citizen numbers (GB 11643 shape) in area 150699, which is not assigned, so that checksums pass and nobody
 * real is hit. One district holds 5 of the 500 sequence numbers of each day and sex: a hundred districts never meet.
 */

import type { Sex } from '../../lib/rules/register/vocabulary.ts'
import { addDays, type LocalDate, toDayNumber } from '../../lib/rules/values/dates.ts'

const AREA = '150699'
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const CHECKS = '10X98765432'
export const MOST_DISTRICTS = 100
const SLOTS_A_DAY = 5

/** The 18th character for the first 17. */
export function checkDigit(first17: string): string {
  let sum = 0
  for (let i = 0; i < 17; i++) sum += Number(first17[i]) * WEIGHTS[i]!
  return CHECKS[sum % 11]!
}

/** Gives out numbers of one district; never one twice. */
export class IdNumbers {
  readonly #district: number
  readonly #used = new Map<string, number>()

  /** @param holders people who have numbers of this district already */
  constructor(district: number, holders: readonly { birth: LocalDate; sex: Sex }[] = []) {
    if (!Number.isInteger(district) || district < 0 || district >= MOST_DISTRICTS)
      throw new RangeError(`a district's index is 0–${MOST_DISTRICTS - 1}: ${district}`)
    this.#district = district
    for (const { birth, sex } of holders) this.#used.set(`${birth}${sex}`, (this.#used.get(`${birth}${sex}`) ?? 0) + 1)
  }

  /** A number for the day, or for the nearest later day inside [day, latest] (then from `earliest`) with room. */
  take(wanted: LocalDate, sex: Sex, earliest: LocalDate, latest: LocalDate): { idNumber: string; birth: LocalDate } {
    let birth = wanted
    for (let tries = 0; tries < 5000; tries++) {
      const key = `${birth}${sex}`
      const slot = this.#used.get(key) ?? 0
      if (slot < SLOTS_A_DAY) {
        this.#used.set(key, slot + 1)
        return { idNumber: this.#number(birth, sex, slot), birth }
      }
      birth = birth >= latest ? earliest : addDays(birth, 1)
    }
    throw new Error(`no citizen number left between ${earliest} and ${latest}`)
  }

  #number(birth: LocalDate, sex: Sex, slot: number): string {
    // The district's place in the slot turns with the day: last digits look random, and districts stay apart.
    const turned =
      (this.#district + ((toDayNumber(birth) * 37 + slot * 11) % MOST_DISTRICTS) + MOST_DISTRICTS) % MOST_DISTRICTS
    const pair = slot * MOST_DISTRICTS + turned
    const first17 = `${AREA}${birth.replaceAll('-', '')}${String(pair * 2 + (sex === 'M' ? 1 : 0)).padStart(3, '0')}`
    return first17 + checkDigit(first17)
  }
}

/** Telephone numbers with the prefix 143, which no mobile network has; different for every `serial` below 100 million. */
export const phoneOf = (district: number, serial: number): string =>
  `143${String(((district * 1_000_000 + serial) * 48_271 + 7_654_321) % 100_000_000).padStart(8, '0')}`
