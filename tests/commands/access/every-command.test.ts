import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import postgres, { type Sql } from 'postgres'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { z } from 'zod'
import { type Command, runCommand } from '@/lib/platform/command.ts'
import { COMMANDS, type RegisteredCommand } from '@/lib/registry/commands.ts'
import type { Actor, UserActor } from '@/lib/rules/access/actor.ts'
import { PERMISSIONS } from '@/lib/rules/access/permissions.ts'
import type { Right } from '@/lib/rules/access/rights.ts'
import { ROLES, type Role } from '@/lib/rules/access/roles.ts'
import { root } from '../../../lib/cli/start/places.mjs'
import { aRoundDistrict, type RoundDistrict, TODAY } from '../../support/round-district.ts'
import { sampleInput } from '../../support/sample-input.ts'

let district: RoundDistrict
let sql: Sql
let countAll: string
const actorOf = {} as Record<Role, UserActor>

beforeAll(async () => {
  district = await aRoundDistrict()
  await district.addUser('adm', 'bureau_admin')
  await district.addUser('aud', 'bureau_auditor')
  await district.addUser('res', 'researcher')
  const keys: Record<Role, string> = {
    bureau_admin: 'adm',
    bureau_security: 'security',
    bureau_auditor: 'aud',
    bureau_hr: 'hr2',
    bureau_reviewer: 'rev2',
    researcher: 'res',
    principal: 'pC',
    school_hr: 'sB',
    teacher: 't3',
  }
  for (const role of ROLES) actorOf[role] = district.actors[keys[role]] as UserActor
  sql = postgres(district.db.adminUrl, { max: 1, onnotice: () => {} })
  const tables = await sql<{ name: string }[]>`SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'
    AND tablename NOT IN ('audit_events', 'audit_details', 'audit_pending', 'rate_limits')`
  // Counts and a digest of what every row holds: a forbidden change shows too.
  countAll = tables
    .map(
      ({ name }) =>
        `SELECT '${name}' AS t, count(*) AS n, coalesce(sum(hashtextextended(x::text, 0)), 0) AS h FROM ${name} x`,
    )
    .join(' UNION ALL ')
})
afterAll(async () => {
  await sql.end()
  await district.close()
})

/** Commands that go on to look at who the named people are, and refuse by the same word. */
const OWN_LIMITS = ['rotation.recusal.declare', 'rotation.case.bulk']

const state = async () => JSON.stringify(await sql.unsafe(`SELECT * FROM (${countAll}) s ORDER BY t`))
const asCommand = (command: RegisteredCommand) => command as unknown as Command<z.ZodType, unknown, unknown>
const rolesOf = (command: RegisteredCommand): string[] =>
  (PERMISSIONS[command.name] as readonly Right[]).map((right) => right.role)

/** Everything `lib/<area>/commands` exports that looks like a command. */
async function exportedCommands(): Promise<{ name: string; value: unknown }[]> {
  const files = readdirSync(join(root, 'lib'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\/commands$/.test(entry.parentPath) && entry.name.endsWith('.ts'))
    .filter((entry) => !entry.parentPath.includes('/lib/cli/'))
  const found: { name: string; value: unknown }[] = []
  for (const file of files) {
    const module = (await import(join(file.parentPath, file.name))) as Record<string, unknown>
    for (const [name, value] of Object.entries(module))
      if (typeof value === 'object' && value !== null && 'input' in value && ('run' in value || 'apart' in value))
        found.push({ name: `${file.name} ${name}`, value })
  }
  return found
}

describe('SEC-ACT-1 nothing writes that the registry does not know', () => {
  test('every command of every area is registered', async () => {
    const known = new Set<unknown>(COMMANDS)
    const strangers = (await exportedCommands()).filter(({ value }) => !known.has(value)).map(({ name }) => name)
    expect(strangers).toEqual([])
  })

  test('every command has a permission', () => {
    expect(COMMANDS.filter((command) => !(command.name in PERMISSIONS)).map(({ name }) => name)).toEqual([])
  })
})

describe('SEC-ACT-3 every command by everybody', () => {
  test.each(COMMANDS.map((command) => [command.name, command] as const))('%s', async (_, command) => {
    const sample = sampleInput(command.input)
    const input = typeof sample === 'object' && sample !== null ? sample : {}
    const anonymous: Actor = { kind: 'anonymous', districtId: district.districtId, today: TODAY }
    const elsewhere = '00000000-0000-7000-8000-00000000ffff' as Actor['districtId']
    const allowed = rolesOf(command)
    const others: [string, Actor][] = [
      ...ROLES.filter((role) => !allowed.includes(role)).map((role): [string, Actor] => [role, actorOf[role]]),
      ...(allowed.includes('anonymous') ? [] : [['anonymous', anonymous] as [string, Actor]]),
    ]
    const before = await state()
    for (const [who, actor] of others) {
      const outcome = await runCommand(asCommand(command), actor, input)
      expect([who, outcome.ok, outcome.ok ? [] : outcome.refusals.map(({ code }) => code)]).toEqual([
        who,
        false,
        ['platform.refusal.forbidden'],
      ])
    }
    const holder = ROLES.find((role) => allowed.includes(role))
    if (holder) {
      // An ended grant, and the right role in a district that is not one's own.
      const ended: UserActor = {
        ...actorOf[holder],
        grantId: '00000000-0000-7000-8000-00000000eeee' as UserActor['grantId'],
      }
      const strange: UserActor = { ...actorOf[holder], districtId: elsewhere }
      const late = await runCommand(asCommand(command), ended, input)
      // A command of many transactions answers for each of them; that nothing changed is shown below.
      if (!('apart' in command)) expect(late.ok).toBe(false)
      if (!('apart' in command)) await expect(refusedOrBroken(asCommand(command), strange, input)).resolves.toBe(true)
    }
    expect(await state()).toBe(before)
    for (const role of ROLES.filter((candidate) => allowed.includes(candidate))) {
      const start = await state()
      const extra = await runCommand(asCommand(command), actorOf[role], { ...input, planted: 'x' })
      expect([role, extra.ok]).toEqual([role, false])
      expect(await state()).toBe(start)
      const outcome = await runCommand(asCommand(command), actorOf[role], input)
      if (!outcome.ok) {
        if (!OWN_LIMITS.includes(command.name))
          expect(outcome.refusals.map(({ code }) => code)).not.toContain('platform.refusal.forbidden')
        expect(await state()).toBe(start)
      }
    }
  })
})

/** Nothing is done in a district that is not there: the trail itself cannot be written, and without it nothing happens. */
async function refusedOrBroken(
  command: Command<z.ZodType, unknown, unknown>,
  actor: Actor,
  input: unknown,
): Promise<boolean> {
  try {
    return !(await runCommand(command, actor, input)).ok
  } catch {
    return true
  }
}
