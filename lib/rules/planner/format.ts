/**
 * `junheng-plan/1`, read strictly: instance and result of a rotation plan as JSON. Whatever is wrong is
 * refused with a code and the field's name; nothing is guessed. Source: planner.md §5–§6.
 */
import { done, type Outcome, type Refusal, refuse, refuseAll } from '../values/outcome.ts'
import { instanceSchema, MAX_INSTANCE_BYTES, PLAN_FORMAT, type PlanInstance } from './format/instance-schema.ts'
import { capped, refusalsOf } from './format/issues.ts'
import { referenceFindings } from './format/references.ts'
import { type PlanResult, resultSchema } from './format/result-schema.ts'
import { scaleFindings } from './format/scale.ts'

export * from './format/instance-schema.ts'
export * from './format/result-schema.ts'
export { leastScale } from './format/scale.ts'

function readJson(source: string | Uint8Array): Outcome<unknown> {
  // A string of n characters has at least n bytes, so both are measured before anything is built from them.
  if (source.length > MAX_INSTANCE_BYTES)
    return refuse('planner.refusal.too_large', {
      found: Math.ceil(source.length / 1_048_576),
      limit: MAX_INSTANCE_BYTES / 1_048_576,
    })
  try {
    const text = typeof source === 'string' ? source : new TextDecoder('utf-8', { fatal: true }).decode(source)
    return done(JSON.parse(text))
  } catch (error) {
    return refuse('planner.refusal.not_json', { detail: error instanceof Error ? error.message.slice(0, 120) : '' })
  }
}

function wrongKind(data: unknown, kind: 'instance' | 'result'): Refusal | null {
  if (data === null || typeof data !== 'object' || Array.isArray(data))
    return { code: 'planner.refusal.not_object', values: { field: kind } }
  const { format, kind: found } = data as Record<string, unknown>
  if (format !== PLAN_FORMAT)
    return {
      code: 'planner.refusal.wrong_version',
      values: { field: 'format', found: String(format ?? ''), expected: PLAN_FORMAT },
      field: 'format',
    }
  if (found !== kind)
    return {
      code: 'planner.refusal.wrong_kind',
      values: { field: 'kind', found: String(found ?? ''), expected: kind },
      field: 'kind',
    }
  return null
}

/** Reads an instance that is already an object. Every finding names its field. */
export function checkInstance(data: unknown): Outcome<PlanInstance> {
  const wrong = wrongKind(data, 'instance')
  if (wrong) return refuseAll([wrong])
  const read = instanceSchema.safeParse(data)
  if (!read.success) return refuseAll(refusalsOf(read.error, data))
  const findings = [...referenceFindings(read.data), ...scaleFindings(read.data)]
  return findings.length > 0 ? refuseAll(capped(findings)) : done(read.data)
}

/** Reads an instance from the bytes or text of a file. */
export function parseInstance(source: string | Uint8Array): Outcome<PlanInstance> {
  const json = readJson(source)
  return json.ok ? checkInstance(json.value) : json
}

/** Reads a result; whether it is true of an instance is the checker's question. */
export function parseResult(source: string | Uint8Array): Outcome<PlanResult> {
  const json = readJson(source)
  if (!json.ok) return json
  const wrong = wrongKind(json.value, 'result')
  if (wrong) return refuseAll([wrong])
  const read = resultSchema.safeParse(json.value)
  return read.success ? done(read.data) : refuseAll(refusalsOf(read.error, json.value))
}

/** What is legal but worth a word before solving: units without pupils are left out of every indicator. */
export function instanceNotices(instance: PlanInstance): Refusal[] {
  return instance.schools.flatMap((school, s) =>
    school.units.flatMap((unit, u) =>
      unit.pupils > 0
        ? []
        : [
            {
              code: 'planner.notice.no_pupils',
              values: { field: `schools[${s}].units[${u}].pupils`, id: school.id },
              field: `schools[${s}].units[${u}].pupils`,
            },
          ],
    ),
  )
}
