import type { Locality } from '../register/vocabulary.ts'
import type { Ratio } from '../values/ratio.ts'

/** Direction of a move (domain.md §2.5); `same` when no other tag fits. */
export const DIRECTION_TAGS = [
  'urban_to_rural',
  'quality_to_ordinary',
  'over_to_short',
  'rural_to_urban',
  'same',
] as const
export type DirectionTag = (typeof DIRECTION_TAGS)[number]

export interface MoveSide {
  locality: Locality
  quality: boolean
  /** have − need in the moved subject; null where no need is computed. */
  gap: Ratio | null
}

const RANK: Record<Locality, number> = { urban: 2, town: 1, rural: 0 }

/** Every tag that fits a move from origin to destination. Urban → town → rural counts as downward. */
export function directionTags(origin: MoveSide, destination: MoveSide): DirectionTag[] {
  const tags: DirectionTag[] = []
  if (RANK[origin.locality] > RANK[destination.locality]) tags.push('urban_to_rural')
  if (origin.quality && !destination.quality) tags.push('quality_to_ordinary')
  if (origin.gap && destination.gap && origin.gap.num > 0 && destination.gap.num < 0) tags.push('over_to_short')
  if (RANK[origin.locality] < RANK[destination.locality]) tags.push('rural_to_urban')
  return tags.length > 0 ? tags : ['same']
}
