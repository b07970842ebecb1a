import { z } from 'zod'
import { defineCommand, finished } from '@/lib/platform/command.ts'
import { poolAgeEnds } from '@/lib/rules/reserve/counter.ts'
import { CANDIDATE_STATES, type CandidateState, candidateSteps } from '@/lib/rules/reserve/pipeline.ts'
import type { ReserveSettings } from '@/lib/rules/reserve/settings.ts'
import { addDays, type LocalDate } from '@/lib/rules/values/dates.ts'
import { type Outcome, refuse } from '@/lib/rules/values/outcome.ts'
import { reserveSettings } from '../settings.ts'
import {
  dayInput,
  endPlacement,
  type LockedCandidate,
  lockCandidate,
  targetFields,
  writeStep,
} from './candidate-rows.ts'

/** Whether a step may be taken on a day: open from the state, in order of days, an exit with its reason. */
export function stepRefused(
  before: Pick<LockedCandidate, 'state' | 'channel' | 'poolUntil' | 'lastStepOn'>,
  step: { to: CandidateState; on: LocalDate; reason: string },
  today: LocalDate,
  settings: ReserveSettings,
): Outcome<never> | null {
  const campus = before.channel === 'campus' && settings.campusSkipsWritten
  const open = candidateSteps(before.state, campus).find(({ to }) => to === step.to)
  if (!open) return refuse('reserve.refusal.step', { from: before.state, to: step.to }, { field: 'to' })
  if (step.to === 'placed') return refuse('reserve.refusal.placeInstead', undefined, { field: 'to' })
  if (step.on > today) return refuse('reserve.refusal.future', undefined, { field: 'on' })
  if (before.lastStepOn !== null && step.on < before.lastStepOn)
    return refuse('reserve.refusal.beforeLastStep', { last: before.lastStepOn }, { field: 'on' })
  if (open.kind === 'exit' && step.reason === '')
    return refuse('reserve.refusal.reason', undefined, { field: 'reason' })
  if (step.to === 'expired' && before.poolUntil !== null && step.on < before.poolUntil)
    return refuse('reserve.refusal.notExpired', { until: before.poolUntil }, { field: 'on' })
  return null
}

/** The next step of a candidate, or a side exit (domain.md §6.2). A step to a school is `reserve.candidate.place`. */
export const moveCandidate = defineCommand({
  name: 'reserve.candidate.move',
  input: z.strictObject({
    ...targetFields,
    to: z.enum(Object.keys(CANDIDATE_STATES) as [CandidateState, ...CandidateState[]]),
    on: dayInput,
    reason: z.string().trim().max(300).default(''),
  }),
  target: (tx, { candidateId }) => lockCandidate(tx, candidateId),
  run: async ({ tx, actor, input, before, at, today }) => {
    if (before.version !== input.version) return refuse('reserve.refusal.stale')
    const settings = await reserveSettings(tx, actor.districtId)
    const refused = stepRefused(before, input, today, settings)
    if (refused) return refused
    const campus = before.channel === 'campus' && settings.campusSkipsWritten
    const leaves = candidateSteps(before.state, campus).some(({ to, kind }) => to === input.to && kind === 'exit')
    const gone = leaves || input.to === 'left'
    const reason = input.reason || null
    await writeStep(
      tx,
      actor,
      before,
      { to: input.to, on: input.on, reason, at },
      {
        // The yearly counter goes by this day (R-POOL-2); the pool age runs from it.
        ...(input.to === 'pooled'
          ? { pooledOn: input.on, poolUntil: poolAgeEnds(input.on, settings.poolAgeMonths) }
          : {}),
        ...(gone ? { leftOn: input.on, leftReason: reason } : {}),
      },
    )
    if (gone) await endPlacement(tx, before.id, addDays(input.on, 1), at)
    const { name } = before
    return finished(
      { state: input.to },
      {
        message: {
          key: leaves ? 'reserve.candidate.exited' : 'reserve.candidate.moved',
          values: { name, state: input.to },
        },
        audit: {
          resource: 'reserve',
          objectId: before.id,
          reason,
          details: { from: before.state, to: input.to, on: input.on },
        },
      },
    )
  },
})

/** 重新评估: somebody whose pool age runs out stays for another pool age. */
export const reassessCandidate = defineCommand({
  name: 'reserve.candidate.reassess',
  input: z.strictObject({ ...targetFields, on: dayInput, reason: z.string().trim().min(1).max(300) }),
  target: (tx, { candidateId }) => lockCandidate(tx, candidateId),
  run: async ({ tx, actor, input, before, at, today }) => {
    if (before.version !== input.version) return refuse('reserve.refusal.stale')
    if (before.state !== 'pooled' && before.state !== 'awaiting') return refuse('reserve.refusal.notInPool')
    if (input.on > today) return refuse('reserve.refusal.future', undefined, { field: 'on' })
    const { poolAgeMonths } = await reserveSettings(tx, actor.districtId)
    const poolUntil = poolAgeEnds(input.on, poolAgeMonths)
    await writeStep(tx, actor, before, { to: before.state, on: input.on, reason: input.reason, at }, { poolUntil })
    return finished(null, {
      message: { key: 'reserve.candidate.reassessed', values: { name: before.name, until: poolUntil } },
      audit: { resource: 'reserve', objectId: before.id, reason: input.reason, details: { poolUntil } },
    })
  },
})
