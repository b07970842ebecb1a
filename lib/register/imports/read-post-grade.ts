import type { PostKind } from '../../rules/register/vocabulary.ts'
import { readSmallNumber } from './read-text.ts'

const KINDS: readonly [RegExp, PostKind][] = [
  [/^(专业技术|专技)(岗位?)?/, 'professional'],
  [/^管理(岗位?)?/, 'management'],
  [/^(工勤技能|工勤|技术工)(岗位?)?/, 'worker'],
]

/** 8, 八级, 8级, 专业技术八级, 管理七级, 工勤技能三级; null when it is no grade. */
export function readPostGrade(text: string): { grade: number; kind: PostKind | null } | null {
  const plain = text.normalize('NFKC').replace(/\s/g, '')
  let rest = plain
  let kind: PostKind | null = null
  for (const [pattern, value] of KINDS) {
    const match = pattern.exec(plain)
    if (match) {
      kind = value
      rest = plain.slice(match[0].length)
    }
  }
  const grade = readSmallNumber(rest.replace(/(级|等)(岗位?|职员)?$/, '').replace(/^第/, ''))
  return grade === null || grade < 1 || grade > 13 ? null : { grade, kind }
}
