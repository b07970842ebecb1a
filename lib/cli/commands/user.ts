import { eq } from 'drizzle-orm'
import { roleGrants, schools, users } from '../../../db/schema/index.ts'
import { closePools, listDistricts, withScope } from '../../../db/scope.ts'
import { translator } from '../../i18n/translate.ts'
import { todayIn } from '../../platform/clock.ts'
import { runCommand } from '../../platform/command.ts'
import { createUser, disableUser } from '../../platform/commands/users.ts'
import { newId } from '../../platform/new-id.ts'
import { listUsers } from '../../platform/queries/users.ts'
import type { SystemActor } from '../../rules/access/actor.ts'
import { ROLES, type Role } from '../../rules/access/roles.ts'
import type { DistrictId, GrantId } from '../../rules/values/ids.ts'
import { type CommandIo, parseCommand, printJson, printRefusals, WrongUsage } from '../command.ts'

export const usage = [
  'user list [--district CODE]',
  'user add LOGIN NAME [--role ROLE] [--school CODE] [--district CODE]',
  'user disable LOGIN --reason TEXT [--district CODE]',
]
export const needsDatabase = true

interface Options {
  role?: string
  school?: string
  reason?: string
}

/** Accounts from the server's console, where the three administrators are not there yet or have locked themselves out. */
export async function run(args: string[], io: CommandIo): Promise<number> {
  const { values, positionals } = parseCommand({
    args,
    options: {
      role: { type: 'string' },
      school: { type: 'string' },
      reason: { type: 'string' },
      district: { type: 'string' },
    },
    allowPositionals: true,
  })
  const actor = await consoleActor(values.district)
  try {
    const [verb, login, name] = positionals
    if (verb === 'list') return await list(actor, io)
    if (verb === 'add' && login && name) return await add(actor, io, login, name, values)
    if (verb === 'disable' && login && values.reason) return await disable(actor, io, login, values.reason)
    throw new WrongUsage('user list | user add LOGIN NAME | user disable LOGIN --reason TEXT')
  } finally {
    await closePools()
  }
}

async function consoleActor(code: string | undefined): Promise<SystemActor> {
  const districts = await listDistricts('worker')
  const district = code ? districts.find((row) => row.code === code) : districts[0]
  if (!district || (!code && districts.length > 1))
    throw new WrongUsage(`用 --district 指定区县 name one: ${districts.map((row) => row.code).join(', ')}`)
  const today = todayIn({ ...district, settings: {} })
  return { kind: 'system', districtId: district.id as DistrictId, job: 'console', today }
}

const sentence = (refusal: Parameters<Parameters<typeof printRefusals>[2]>[0]) =>
  translator('zh-CN')(refusal.code, refusal.values)

async function list(actor: SystemActor, io: CommandIo): Promise<number> {
  const { rows } = await withScope(actor, (tx) => listUsers(tx, { page: 1, size: 100_000 }, actor.today), {
    readOnly: true,
  })
  if (io.json) printJson(io, { users: rows })
  else
    for (const row of rows)
      io.out(
        [row.login.padEnd(20), row.name, row.roles.join(','), row.disabledAt ? '已停用 disabled' : '']
          .join('  ')
          .trimEnd(),
      )
  return 0
}

async function add(actor: SystemActor, io: CommandIo, login: string, name: string, options: Options): Promise<number> {
  const role = options.role
  if (role && !ROLES.includes(role as Role)) throw new WrongUsage(`--role ${ROLES.join(' | ')}`)
  const school = options.school
    ? (
        await withScope(actor, (tx) =>
          tx
            .select()
            .from(schools)
            .where(eq(schools.code, options.school ?? '')),
        )
      )[0]
    : undefined
  if (options.school && !school) throw new WrongUsage(`没有这所学校 no such school: ${options.school}`)
  const made = await runCommand(createUser, actor, { login, displayName: name, schoolId: school?.id ?? '' })
  if (!made.ok) return printRefusals(io, made.refusals, sentence)
  const { userId, links } = made.value.value
  if (role)
    await withScope(actor, async (tx) => {
      const [user] = await tx.select().from(users).where(eq(users.id, userId))
      if (!user) throw new Error('the account just made is not there')
      await tx.insert(roleGrants).values({
        districtId: actor.districtId,
        id: newId<GrantId>(),
        userId,
        personId: user.personId,
        role: role as Role,
        schoolId: role === 'principal' || role === 'school_hr' ? (school?.id ?? null) : null,
        reason: 'console',
        during: { from: actor.today, until: null },
      })
    })
  const link = links[0]
  if (io.json) printJson(io, { login, path: link?.path, until: link?.until })
  else io.out(`✓ ${login}  激活链接 activation link: ${process.env.NEXTAUTH_URL ?? ''}${link?.path ?? ''}`)
  return 0
}

async function disable(actor: SystemActor, io: CommandIo, login: string, reason: string): Promise<number> {
  const [user] = await withScope(actor, (tx) => tx.select().from(users).where(eq(users.login, login)))
  if (!user) throw new WrongUsage(`没有这个账号 no such login: ${login}`)
  const done = await runCommand(disableUser, actor, { userId: user.id, reason })
  if (!done.ok) return printRefusals(io, done.refusals, sentence)
  if (io.json) printJson(io, { login, disabled: true })
  else io.out(`✓ ${login} 已停用 disabled`)
  return 0
}
