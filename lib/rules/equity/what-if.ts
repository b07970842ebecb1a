import { ratio } from '../values/ratio.ts'
import type { EquityStage, EquityUnit } from './indicators.ts'

/** A person who goes from one unit to another of the same stage, with what the person brings. */
export interface WhatIfMove {
  from: string
  to: string
  stage: EquityStage
  overQualified: boolean
  backbone: boolean
  peArts: boolean
}

/**
 * Units after a list of moves (R-BAL-5). Within the district only Xᵢ changes, never X̄; a move from or to a unit that
 * is not counted changes the other side only.
 */
export function afterMoves(units: readonly EquityUnit[], moves: readonly WhatIfMove[]): EquityUnit[] {
  const changes = new Map<string, Record<1 | 2 | 3, number>>()
  const add = (school: string, move: WhatIfMove, sign: 1 | -1) => {
    const key = `${move.stage} ${school}`
    const change = changes.get(key) ?? { 1: 0, 2: 0, 3: 0 }
    if (move.overQualified) change[1] += sign
    if (move.backbone) change[2] += sign
    if (move.peArts) change[3] += sign
    changes.set(key, change)
  }
  for (const move of moves) {
    add(move.from, move, -1)
    add(move.to, move, 1)
  }
  return units.map((unit) => {
    const change = changes.get(`${unit.stage} ${unit.schoolId}`)
    if (!change) return unit
    const amounts = { ...unit.amounts }
    for (const number of [1, 2, 3] as const) {
      const before = amounts[number]
      if (before !== null) amounts[number] = ratio(before.num + change[number] * before.den, before.den)
    }
    return { ...unit, amounts }
  })
}
