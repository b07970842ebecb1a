/**
 * Seeded random numbers, the same on every machine: whole-number arithmetic only (xoshiro128**, seeded by splitmix32),
 * so a district made from one seed is one district everywhere.
 */
export class Random {
  readonly #state: [number, number, number, number]

  constructor(seed: string | number) {
    let mix = hashText(String(seed))
    const word = () => {
      mix = (mix + 0x9e3779b9) | 0
      let z = mix
      z = Math.imul(z ^ (z >>> 16), 0x21f0aaad)
      z = Math.imul(z ^ (z >>> 15), 0x735a2d97)
      return (z ^ (z >>> 15)) >>> 0
    }
    this.#state = [word(), word(), word(), word() || 1]
  }

  /** 32 random bits. */
  bits(): number {
    const s = this.#state
    const result = Math.imul(rotate(Math.imul(s[1], 5), 7), 9) >>> 0
    const t = s[1] << 9
    s[2] ^= s[0]
    s[3] ^= s[1]
    s[1] ^= s[2]
    s[0] ^= s[3]
    s[2] ^= t
    s[3] = rotate(s[3], 11)
    return result
  }

  /** A number in [0, 1) with 32 bits. */
  next(): number {
    return this.bits() / 0x100000000
  }

  /** A whole number in [low, high]. */
  int(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1))
  }

  chance(probability: number): boolean {
    return this.next() < probability
  }

  pick<T>(from: readonly T[]): T {
    const found = from[Math.floor(this.next() * from.length)]
    if (found === undefined) throw new RangeError('nothing to pick from')
    return found
  }

  /** One of the keys, as often as its weight says. */
  weighted<T>(choices: readonly (readonly [T, number])[]): T {
    const total = choices.reduce((sum, [, weight]) => sum + weight, 0)
    let left = this.next() * total
    for (const [value, weight] of choices) {
      left -= weight
      if (left < 0) return value
    }
    return choices[choices.length - 1]![0]
  }

  /** A shuffled copy (Fisher–Yates). */
  shuffled<T>(list: readonly T[]): T[] {
    const copy = [...list]
    for (let i = copy.length - 1; i > 0; i--) {
      const j = this.int(0, i)
      const kept = copy[i]!
      copy[i] = copy[j]!
      copy[j] = kept
    }
    return copy
  }

  /** `count` of the list, those with a heavier weight more often; the list's own order is kept. */
  sample<T>(list: readonly T[], count: number, weight: (item: T) => number = () => 1): T[] {
    if (count > list.length) throw new RangeError(`cannot take ${count} of ${list.length}`)
    const keyed = list.map((item, index) => ({ index, key: this.next() * weight(item) }))
    keyed.sort((a, b) => b.key - a.key || a.index - b.index)
    return keyed
      .slice(0, count)
      .sort((a, b) => a.index - b.index)
      .map(({ index }) => list[index]!)
  }
}

const rotate = (word: number, by: number): number => (word << by) | (word >>> (32 - by))

/** FNV-1a over UTF-16 units. */
export function hashText(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash >>> 0
}

/** Shares `total` whole units by weight, largest remainders first; ties by position. */
export function apportion(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((a, b) => a + b, 0)
  const exact = weights.map((weight) => (sum === 0 ? 0 : (total * weight) / sum))
  const shares = exact.map(Math.floor)
  const order = exact.map((value, index) => ({ index, rest: value - Math.floor(value) }))
  order.sort((a, b) => b.rest - a.rest || a.index - b.index)
  let left = total - shares.reduce((a, b) => a + b, 0)
  for (let i = 0; left > 0; i = (i + 1) % order.length, left--) shares[order[i]!.index]!++
  return shares
}
