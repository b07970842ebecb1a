import type { LocalDate, Period } from '@/lib/rules/values/dates.ts'
import type { SchoolId } from '@/lib/rules/values/ids.ts'

export interface Stay {
  schoolId: SchoolId
  during: Period
}
export interface PostingSpan {
  id: string
  toSchoolId: SchoolId
  during: Period
}

/**
 * Where a person taught, from the school of their relation and their postings without relation move: a posting
 * interrupts the stay at the own school and ends in it again. Postings are cut at the next one's start.
 * @returns service periods in order, each naming the posting that made it
 */
export function serviceLine(
  stays: readonly Stay[],
  postings: readonly PostingSpan[],
): (Stay & { postingId: string | null })[] {
  const line: (Stay & { postingId: string | null })[] = []
  const inOrder = [...postings].sort((a, b) => (a.during.from < b.during.from ? -1 : 1))
  for (const stay of stays) {
    let from: LocalDate | null = stay.during.from
    for (const [index, posting] of inOrder.entries()) {
      if (from === null) break
      const next = inOrder[index + 1]
      const start = posting.during.from > from ? posting.during.from : from
      const until = earliest(posting.during.until, next?.during.from ?? null, stay.during.until)
      if (until !== null && until <= start) continue
      if (stay.during.until !== null && start >= stay.during.until) break
      if (start > from) line.push({ schoolId: stay.schoolId, during: { from, until: start }, postingId: null })
      line.push({ schoolId: posting.toSchoolId, during: { from: start, until }, postingId: posting.id })
      from = until
    }
    if (from !== null && (stay.during.until === null || from < stay.during.until))
      line.push({ schoolId: stay.schoolId, during: { from, until: stay.during.until }, postingId: null })
  }
  return line.filter((span) => span.during.until === null || span.during.from < span.during.until)
}

const earliest = (...days: (LocalDate | null)[]): LocalDate | null =>
  days.filter((day) => day !== null).sort()[0] ?? null
