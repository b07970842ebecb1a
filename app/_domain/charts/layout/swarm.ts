export interface Swarmed {
  key: string
  x: number
  /** Steps away from the line: 0, −1, 1, −2, 2 … */
  step: number
}

/** Dots on a line, those that would cover another moved off it by whole steps: nearest to the line first. */
export function swarm(points: readonly { key: string; x: number }[], diameter: number): Swarmed[] {
  const placed: Swarmed[] = []
  for (const { key, x } of [...points].sort((a, b) => a.x - b.x || a.key.localeCompare(b.key))) {
    const near = placed.filter((other) => Math.abs(other.x - x) < diameter)
    let step = 0
    for (let turn = 1; near.some((other) => other.step === step); turn += 1)
      step = turn % 2 === 1 ? -Math.ceil(turn / 2) : turn / 2
    placed.push({ key, x, step })
  }
  return placed
}

/** Labels side by side without touching: each in the first row that has room, `row` counted from 0. */
export function labelRows(
  labels: readonly { key: string; x: number; width: number }[],
  limits: readonly [number, number],
): { key: string; x: number; row: number }[] {
  const ends: number[] = []
  return [...labels]
    .sort((a, b) => a.x - b.x)
    .map(({ key, x, width }) => {
      const left = Math.min(Math.max(limits[0], x - width / 2), limits[1] - width)
      let row = ends.findIndex((end) => end + 8 <= left)
      if (row === -1) row = ends.length
      ends[row] = left + width
      return { key, x: left, row }
    })
}
