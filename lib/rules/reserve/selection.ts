import type { Ratio } from '../values/ratio.ts'

/** Scores in hundredths of a point, so that sums are exact; null = absent. */
export interface CandidateScores {
  id: string
  written: number | null
  interview: number | null
  /** Drawn lot, 1 first; stored when it had to decide. */
  lot: number | null
}

/** Seats that may open: at least `openingRatio` applicants a seat, else seats are cut, down to none (开考比例). */
export const openSeats = (seats: number, applicants: number, openingRatio: number): number =>
  Math.min(seats, Math.floor(applicants / openingRatio))

/** Who is interviewed: the best by written score, `ratio` a seat; ties at the last place all enter. Absent ones never. */
export function interviewList(candidates: readonly CandidateScores[], seats: number, ratio: number): string[] {
  const present = candidates.filter(({ written }) => written !== null).sort((a, b) => b.written! - a.written!)
  const places = seats * ratio
  const last = present[places - 1]?.written
  if (places === 0) return []
  return present.filter(({ written }) => last === undefined || written! >= last!).map(({ id }) => id)
}

/** Total in hundredths of a point times the weight's denominator: exact for ranking. */
export function weightedTotal(scores: CandidateScores, writtenShare: Ratio, campus: boolean): number | null {
  if (scores.interview === null) return null
  if (campus) return scores.interview * writtenShare.den
  if (scores.written === null) return null
  return scores.written * writtenShare.num + scores.interview * (writtenShare.den - writtenShare.num)
}

export interface Ranked {
  id: string
  total: number
  rank: number
  /** What decided against the one before: a tie in all scores needs a drawn lot. */
  by: 'total' | 'written' | 'interview' | 'lot' | 'undecided'
}

/** Ranking by total; ties by written score, then trial lesson, then the drawn lot (domain.md §6.2). */
export function ranking(candidates: readonly CandidateScores[], writtenShare: Ratio, campus: boolean): Ranked[] {
  const scored = candidates.flatMap((scores) => {
    const total = weightedTotal(scores, writtenShare, campus)
    return total === null ? [] : [{ ...scores, total }]
  })
  const lotOf = (lot: number | null) => lot ?? Number.MAX_SAFE_INTEGER
  scored.sort(
    (a, b) =>
      b.total - a.total ||
      (b.written ?? 0) - (a.written ?? 0) ||
      b.interview! - a.interview! ||
      lotOf(a.lot) - lotOf(b.lot),
  )
  return scored.map((person, index) => {
    const before = scored[index - 1]
    const by =
      !before || before.total !== person.total
        ? 'total'
        : before.written !== person.written
          ? 'written'
          : before.interview !== person.interview
            ? 'interview'
            : before.lot !== null && person.lot !== null && before.lot !== person.lot
              ? 'lot'
              : 'undecided'
    return { id: person.id, total: person.total, rank: index + 1, by }
  })
}
