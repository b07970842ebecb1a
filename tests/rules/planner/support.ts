import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { checkPlan } from '@/lib/rules/planner/checker.ts'
import {
  type PlanInstance,
  type PlanResult,
  parseInstance,
  parseResult,
  type SolvedPlan,
} from '@/lib/rules/planner/format.ts'

export const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex')

const fixtures = join(import.meta.dirname, 'fixtures')
const shared = join(import.meta.dirname, '..', '..', '..', '..', '..', 'shared', 'data', 'planner')
const beside = join(import.meta.dirname, '..', '..', '..', '..', 'shared', 'data', 'planner')

/** Path of a sample file: the fixture of this repository, or the larger ones where they lie beside it. */
export function samplePath(name: string): string {
  const paths = [fixtures, beside, shared].map((folder) => join(folder, name))
  return paths.find((path) => existsSync(path)) ?? paths[0]!
}
export const hasSample = (name: string): boolean => existsSync(samplePath(name))

export interface Sample {
  text: string
  sha: string
  instance: PlanInstance
  result: SolvedPlan
}

export function sample(name: string): Sample {
  const text = readFileSync(samplePath(`${name}.json`), 'utf8')
  const instance = parseInstance(text)
  const result = parseResult(readFileSync(samplePath(`${name}.result.json`)))
  if (!instance.ok || !result.ok) throw new Error(`sample ${name} does not parse`)
  if (result.value.status !== 'optimal') throw new Error(`sample ${name} is not solved`)
  return { text, sha: sha256(text), instance: instance.value, result: result.value }
}

/** Findings of the checker as short lines: rule, item, amount. */
export function findings(instance: PlanInstance, result: PlanResult, sha: string): string[] {
  const report = checkPlan(instance, result, { instanceSha256: sha, digest: sha256 })
  return report.findings.map((one) => `${one.rule} ${one.item} ${one.by} ${one.code.split('.').at(-1)}`)
}

/** A copy that can be changed without touching the original. */
export const copy = <T>(value: T): T => structuredClone(value)
