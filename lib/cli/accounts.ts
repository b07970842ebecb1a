import { eq } from 'drizzle-orm'
import type { z } from 'zod'
import { districts, roleGrants, schools, users } from '../../db/schema/index.ts'
import { listDistricts, withScope } from '../../db/scope.ts'
import { translator } from '../i18n/translate.ts'
import { writeAudit } from '../platform/audit.ts'
import { todayIn } from '../platform/clock.ts'
import { type Command, runCommand } from '../platform/command.ts'
import { createUser } from '../platform/commands/users.ts'
import type { OneTimeLink } from '../platform/links.ts'
import { newId } from '../platform/new-id.ts'
import type { SystemActor } from '../rules/access/actor.ts'
import type { Role } from '../rules/access/roles.ts'
import type { LocalDate } from '../rules/values/dates.ts'
import type { DistrictId, GrantId, SchoolId, UserId } from '../rules/values/ids.ts'
import type { Outcome } from '../rules/values/outcome.ts'
import { type CommandIo, printJson, printRefusals, WrongUsage } from './command.ts'

/** The console as actor in the one district, or in the named one, on the district's own day. */
export async function consoleActor(code: string | undefined): Promise<SystemActor> {
  const known = await listDistricts('worker')
  const named = code === undefined ? known : known.filter((row) => row.code === code)
  const codes = known.map((row) => row.code).join(', ')
  if (known.length === 0) throw new WrongUsage('还没有区县，请先运行 init · there is no district yet: run init first')
  if (named.length !== 1)
    throw new WrongUsage(`用 --district 代码 指明区县，现有 ${codes} · name a district with --district CODE: ${codes}`)
  const probe: SystemActor = {
    kind: 'system',
    districtId: named[0]?.id as DistrictId,
    job: 'console',
    today: '2000-01-01' as LocalDate,
  }
  const [district] = await withScope(
    probe,
    (tx) => tx.select().from(districts).where(eq(districts.id, probe.districtId)),
    {
      readOnly: true,
    },
  )
  if (!district) throw new Error('the district is gone')
  return { ...probe, today: todayIn(district) }
}

const sentence = (refusal: Parameters<Parameters<typeof printRefusals>[2]>[0]) =>
  translator('zh-CN')(refusal.code, refusal.values)

/** Says what is refused and gives exit code 1. */
const refused = (io: CommandIo, made: Extract<Outcome<unknown>, { ok: false }>) =>
  printRefusals(io, made.refusals, sentence)

const say = (io: CommandIo, zh: string, en: string): number => {
  io.err(`✗ ${zh} · ${en}`)
  return 1
}

function printLink(io: CommandIo, login: string, link: OneTimeLink | undefined): number {
  if (io.json) printJson(io, { login, path: link?.path, until: link?.until })
  else io.out(`✓ ${login}  激活链接 activation link: ${process.env.NEXTAUTH_URL ?? ''}${link?.path ?? ''}`)
  return 0
}

const ROLES_AT_A_SCHOOL: readonly string[] = ['principal', 'school_hr']

/** A new account, with a role when one is named: the server's console stands in for both administrators. */
export async function addUser(
  actor: SystemActor,
  io: CommandIo,
  { login, name, role, schoolCode }: { login: string; name: string; role?: Role; schoolCode?: string },
): Promise<number> {
  if (role === 'teacher')
    return say(io, '教师账号按名册批量建立，不能在此新建', 'teachers get their accounts from the register')
  if (role && ROLES_AT_A_SCHOOL.includes(role) && !schoolCode)
    throw new WrongUsage(`--role ${role} 需要 --school 学校标识码 · needs --school CODE`)
  const schoolId = schoolCode ? await schoolByCode(actor, schoolCode) : undefined
  if (schoolCode && !schoolId) return say(io, `没有这所学校：${schoolCode}`, 'no such school')
  const made = await runCommand(createUser, actor, { login, displayName: name, schoolId: schoolId ?? '' })
  if (!made.ok) return refused(io, made)
  const { userId, links } = made.value.value
  if (role) await giveRole(actor, userId, role, ROLES_AT_A_SCHOOL.includes(role) ? (schoolId ?? null) : null)
  return printLink(io, links[0]?.login ?? login, links[0])
}

async function schoolByCode(actor: SystemActor, code: string): Promise<SchoolId | undefined> {
  const [school] = await withScope(
    actor,
    (tx) => tx.select({ id: schools.id }).from(schools).where(eq(schools.code, code)),
    { readOnly: true },
  )
  return school?.id
}

async function giveRole(actor: SystemActor, userId: UserId, role: Role, schoolId: SchoolId | null): Promise<void> {
  await withScope(actor, async (tx) => {
    const [user] = await tx.select().from(users).where(eq(users.id, userId))
    if (!user) throw new Error('the account just made is not there')
    const id = newId<GrantId>()
    await tx.insert(roleGrants).values({
      districtId: actor.districtId,
      id,
      userId,
      personId: user.personId,
      role,
      schoolId,
      reason: 'console',
      during: { from: actor.today, until: null },
    })
    await writeAudit(tx, actor, {
      action: 'platform.grant.give',
      outcome: 'done',
      resource: 'grant',
      objectId: id,
      details: { role, user: userId, login: user.login },
    })
  })
}

/** Does one thing to the account of a login and prints what became of it. */
export async function withUser<S extends z.ZodType, T, R>(
  actor: SystemActor,
  io: CommandIo,
  login: string,
  command: Command<S, T, R>,
  { input = {}, zh, en, told }: { input?: object; zh: string; en: string; told: object },
): Promise<number> {
  const [user] = await withScope(
    actor,
    (tx) => tx.select().from(users).where(eq(users.login, login.trim().toLowerCase())),
    { readOnly: true },
  )
  if (!user) return say(io, `没有这个账号：${login}`, 'no such login')
  const done = await runCommand(command, actor, { userId: user.id, ...input })
  if (!done.ok) return refused(io, done)
  const { links } = (done.value.value ?? {}) as { links?: OneTimeLink[] }
  if (links) return printLink(io, user.login, links[0])
  if (io.json) printJson(io, { login: user.login, ...told })
  else io.out(`✓ ${user.login} ${zh} ${en}`)
  return 0
}
