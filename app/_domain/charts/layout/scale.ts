/** Marks of an axis at 1, 2 or 5 times a power of ten, about `wanted` of them, covering `from` to `to`. */
export function niceTicks(from: number, to: number, wanted = 6): number[] {
  if (!(to > from)) return [from]
  const raw = (to - from) / wanted
  const power = 10 ** Math.floor(Math.log10(raw))
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= raw) ?? 10) * power
  const first = Math.floor(from / step)
  const last = Math.ceil(to / step)
  // Multiples of the step, not sums: 0.1 + 0.2 is not 0.3.
  return Array.from({ length: last - first + 1 }, (_, index) => Number(((first + index) * step).toPrecision(12)))
}

/** Where a value stands between two ends, on a line from `start` to `end`. */
export const position = (value: number, domain: readonly [number, number], range: readonly [number, number]): number =>
  range[0] + ((value - domain[0]) / (domain[1] - domain[0] || 1)) * (range[1] - range[0])

/** Text cut to what fits, an ellipsis at the end; Chinese letters count twice. */
export function clipped(text: string, halfWidths: number): string {
  let used = 0
  let kept = ''
  for (const letter of text) {
    used += letter.codePointAt(0)! > 0x2e7f ? 2 : 1
    if (used > halfWidths) return `${kept}…`
    kept += letter
  }
  return text
}
