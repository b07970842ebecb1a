import { and, eq } from 'drizzle-orm'
import { z } from 'zod'
import { districts, workingDays } from '@/db/schema/index.ts'
import { one, type Tx } from '@/db/scope.ts'
import type { Actor, UserActor } from '@/lib/rules/access/actor.ts'
import { type LocalDate, parseDay, weekdayOf } from '@/lib/rules/values/dates.ts'
import { type Outcome, refuse } from '@/lib/rules/values/outcome.ts'
import { todayIn } from '../clock.ts'
import { type Done, defineCommand, finished } from '../command.ts'
import { natureOf } from '../nature.ts'
import { LIMIT_NAMES, limitsOf, limitsSchema } from '../settings.ts'
import { askSecondPerson, defineOperation } from '../two-person.ts'

const ownDistrict = async (tx: Tx, _input: unknown, actor: Actor) => {
  const [district] = await tx.select().from(districts).where(eq(districts.id, actor.districtId))
  return district ? { ...district, target: {} } : null
}

const setSettings = async (tx: Tx, actor: Actor, settings: Record<string, unknown>) =>
  one(
    await tx
      .update(districts)
      .set({ settings })
      .where(eq(districts.id, actor.districtId))
      .returning({ id: districts.id }),
  )

/** The limits, asked for by the security administrator and set when a second person agrees. */
export const limitsOperation = defineOperation({
  name: 'platform.settings.limits',
  asks: 'platform.settings.limits',
  answerRoles: ['bureau_security', 'bureau_admin', 'bureau_reviewer'],
  payload: limitsSchema,
  href: () => '/settings',
  execute: async ({ tx, actor }, limits) => {
    const district = await ownDistrict(tx, {}, actor)
    if (!district) return refuse('platform.refusal.notFound')
    await setSettings(tx, actor, { ...district.settings, limits })
    return finished(null, {
      message: { key: 'settings.said.limitsSet' },
      audit: { resource: 'settings', objectId: actor.districtId, details: limits },
    })
  },
})

export const askLimits = defineCommand({
  name: 'platform.settings.limits',
  input: limitsSchema,
  target: ownDistrict,
  run: async ({ tx, actor, input, before }) => {
    const current = limitsOf(before.settings)
    const changed = LIMIT_NAMES.filter((name) => current[name] !== input[name])
    if (changed.length === 0) return refuse('settings.refusal.nothingChanged')
    const asked = await askSecondPerson(tx, actor as UserActor, limitsOperation, {
      subjectId: actor.districtId,
      payload: input,
      summary: { changes: changed.map((name) => `${name} ${current[name]} → ${input[name]}`).join('; ') },
    })
    if (!asked.ok) return asked
    return finished(null, {
      message: { key: 'twoPerson.said.asked' },
      audit: { resource: 'settings', objectId: actor.districtId, details: input },
    })
  },
})

/** Days written one after another, by spaces, commas or lines. */
const dayList = z
  .string()
  .max(4000)
  .transform((text, context) => {
    const days = text.split(/[\s,，、;；]+/).filter((word) => word !== '')
    const wrong = days.find((day) => parseDay(day) === null)
    if (wrong) context.addIssue({ code: 'custom', message: 'settings.refusal.dayForm' })
    return [...new Set(days)].sort() as LocalDate[]
  })

const isWeekend = (day: LocalDate) => weekdayOf(day) >= 6

/** The holidays and make-up weekends of one year as the State Council announced them (R-PUB-1). */
export const setCalendar = defineCommand({
  name: 'platform.calendar.set',
  input: z.strictObject({
    year: z.coerce.number().int().min(2020).max(2100),
    off: dayList,
    working: dayList,
    source: z.string().trim().min(2).max(200),
  }),
  run: async ({ tx, actor, input, at }): Promise<Outcome<Done<null>>> => {
    const year = String(input.year)
    const problems: [string, LocalDate | undefined, 'off' | 'working'][] = [
      ['settings.refusal.otherYear', input.off.find((day) => !day.startsWith(year)), 'off'],
      ['settings.refusal.otherYear', input.working.find((day) => !day.startsWith(year)), 'working'],
      ['settings.refusal.workingWeekday', input.working.find((day) => !isWeekend(day)), 'working'],
      ['settings.refusal.bothLists', input.working.find((day) => input.off.includes(day)), 'working'],
    ]
    const found = problems.find(([, day]) => day !== undefined)
    if (found) return refuse(found[0], { day: found[1] ?? '' }, { field: found[2], rule: 'R-PUB-1' })
    const [before] = await tx.select().from(workingDays).where(eq(workingDays.year, input.year)).for('update')
    const row = {
      off: input.off,
      working: input.working,
      source: input.source,
      changedBy: actor.kind === 'user' ? actor.userId : null,
      changedAt: at,
    }
    if (before)
      one(
        await tx
          .update(workingDays)
          .set(row)
          .where(and(eq(workingDays.districtId, actor.districtId), eq(workingDays.year, input.year)))
          .returning({ year: workingDays.year }),
      )
    else await tx.insert(workingDays).values({ ...row, districtId: actor.districtId, year: input.year })
    return finished(null, {
      message: { key: 'settings.said.calendarSet', values: { year } },
      audit: {
        resource: 'calendar',
        objectId: year,
        reason: input.source,
        details: {
          before: before ? { off: before.off, working: before.working } : null,
          after: { off: input.off, working: input.working },
        },
      },
    })
  },
})

/** Moves the day of a demo or exercise district ahead. Only forward: what fell due on the way has been done. A real district has no such clock. */
export const setDemoClock = defineCommand({
  name: 'platform.demoClock.set',
  input: z.strictObject({ days: z.coerce.number().int().min(0).max(800) }),
  target: ownDistrict,
  run: async ({ tx, actor, input, before }) => {
    if (natureOf(before) === 'real') return refuse('settings.refusal.notDemo')
    const ahead = Number(before.settings.demoDays ?? 0)
    if (input.days < ahead) return refuse('settings.refusal.onlyForward', { days: ahead }, { field: 'days' })
    const settings = { ...before.settings, demoDays: input.days }
    await setSettings(tx, actor, settings)
    return finished(null, {
      message: { key: 'settings.said.clockSet', values: { day: todayIn({ ...before, settings }) } },
      audit: { resource: 'settings', objectId: actor.districtId, details: { demoDays: input.days, before: ahead } },
    })
  },
})
