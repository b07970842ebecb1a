import type { PlanChain } from '../format/result-schema.ts'
import { postName, type Sent } from './facts.ts'
import { type Finding, finding } from './finding.ts'
import { wishRank } from './values.ts'

interface Step {
  from: string
  to: string
  wished: boolean
}

const countOf = (names: readonly string[]): Map<string, number> => {
  const by = new Map<string, number>()
  for (const name of names) by.set(name, (by.get(name) ?? 0) + 1)
  return by
}

/**
 * Do the stated chains split the plan (planner.md §10)? Everybody listed singly is in exactly one; each takes the post
 * the next one leaves; a cycle closes; paths begin where a post loses one more than it gains and end where it gains.
 */
export function checkChains(sent: readonly Sent[], stated: readonly PlanChain[]): Finding[] {
  const found: Finding[] = []
  const steps = new Map<string, Step>()
  for (const line of sent) {
    if (!line.person.single) continue
    const { school, stage, subject } = line.person.of
    steps.set(line.person.id, {
      from: postName(school, stage, subject),
      to: postName(line.to.id, line.stage, line.subject),
      wished: wishRank(line) > 0,
    })
  }
  const place = countOf(stated.flatMap((chain) => chain.teachers))
  for (const [id, times] of place) {
    if (!steps.has(id)) found.push(finding('chain', id, 1, 'chain_stranger'))
    else if (times > 1) found.push(finding('chain', id, times - 1, 'chain_twice'))
  }
  for (const id of steps.keys()) if (!place.has(id)) found.push(finding('chain', id, 1, 'chain_missing'))
  const starts: string[] = []
  const ends: string[] = []
  for (const chain of stated) {
    const item = chain.teachers[0]!
    const links = chain.teachers.map((id) => steps.get(id))
    if (links.some((link) => link === undefined)) continue
    const walk = links as Step[]
    const broken = walk.some((step, at) => at > 0 && walk[at - 1]!.to !== step.from)
    const first = walk[0]!.from
    const last = walk.at(-1)!.to
    if (broken) found.push(finding('chain', item, 1, 'chain_broken'))
    const posts = walk.map((step) => step.from).concat(chain.kind === 'path' ? [last] : [])
    if (!broken && new Set(posts).size !== posts.length) found.push(finding('chain', item, 1, 'chain_loop'))
    if (chain.kind === 'cycle' && first !== last) found.push(finding('chain', item, 1, 'chain_open'))
    if (chain.kind === 'path') {
      starts.push(first)
      ends.push(last)
    }
    if (chain.all_wished !== walk.every((step) => step.wished)) found.push(finding('chain', item, 1, 'chain_wished'))
  }
  if (found.length > 0) return found
  const out = countOf([...steps.values()].map((step) => step.from))
  const into = countOf([...steps.values()].map((step) => step.to))
  const begins = countOf(starts)
  const finishes = countOf(ends)
  for (const post of new Set([...out.keys(), ...into.keys()])) {
    const loses = (out.get(post) ?? 0) - (into.get(post) ?? 0)
    const ok = (begins.get(post) ?? 0) === Math.max(0, loses) && (finishes.get(post) ?? 0) === Math.max(0, -loses)
    if (!ok) found.push(finding('chain', post, 1, 'chain_ends'))
  }
  return found
}
