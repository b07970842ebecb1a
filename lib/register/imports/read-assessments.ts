import type { AssessmentResult } from '../../rules/register/vocabulary.ts'
import { ASSESSMENT_WORDS } from './words.ts'

export interface Assessment {
  year: number
  result: AssessmentResult
}

/** Years a title names: `年度考核（近三年：2023、2024、2025）`; a range 2023-2025 is filled; else the three before the statistics. */
export function yearsOfTitle(title: string, statisticsYear: number): number[] {
  const years = (title.normalize('NFKC').match(/(?:19|20)\d{2}/g) ?? []).map(Number)
  const [first, last] = years
  if (
    years.length === 2 &&
    first! < last! &&
    last! - first! < 10 &&
    /\d{4}年?\s*[-—–~至到]/.test(title.normalize('NFKC'))
  )
    return Array.from({ length: last! - first! + 1 }, (_, i) => first! + i)
  return years.length > 0 ? years : [statisticsYear - 3, statisticsYear - 2, statisticsYear - 1]
}

const NONE = /^(—+|-+|\/|无|未参加|未考核|空)?$/

/**
 * Reads 合格/合格/合格 by the years of the title, or 2023合格，2024合格 by its own; `—` is a year without one.
 * Null when it cannot be told which result belongs to which year.
 */
export function readAssessments(text: string, years: readonly number[]): Assessment[] | null {
  const plain = text.normalize('NFKC').trim()
  if (NONE.test(plain)) return []
  if (/(?:19|20)\d{2}/.test(plain)) return withOwnYears(plain)
  // A slash alone between results is a separator; a lone slash for "none" was answered above
  const parts = plain.split(/\s*[/、,;，；\n|]\s*|\s+/)
  if (parts.length !== years.length) return null
  const found: Assessment[] = []
  for (const [i, part] of parts.entries()) {
    if (NONE.test(part)) continue
    const word = ASSESSMENT_WORDS.read(part)
    if (!word) return null
    found.push({ year: years[i]!, result: word.value })
  }
  return found
}

function withOwnYears(text: string): Assessment[] | null {
  const found: Assessment[] = []
  for (const match of text.matchAll(/((?:19|20)\d{2})\s*(?:年度?)?\s*(?:考核)?\s*[:(]?\s*([\u4e00-\u9fff—-]*)/g)) {
    const word = match[2]!.replace(/^(年度考核|考核|为)/, '')
    if (NONE.test(word)) continue
    const result = ASSESSMENT_WORDS.read(word)
    if (!result) return null
    found.push({ year: Number(match[1]), result: result.value })
  }
  return found.sort((a, b) => a.year - b.year)
}
