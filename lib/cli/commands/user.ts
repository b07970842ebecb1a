import { closePools, withScope } from '../../../db/scope.ts'
import { disableUser, enableUser, issueUserLink, unlockUser } from '../../platform/commands/users.ts'
import { listUsers } from '../../platform/queries/users.ts'
import type { SystemActor } from '../../rules/access/actor.ts'
import { ROLES, type Role } from '../../rules/access/roles.ts'
import { addUser, consoleActor, withUser } from '../accounts.ts'
import { type CommandIo, parseCommand, printJson, WrongUsage } from '../command.ts'

export const usage = [
  'user list [--district CODE]',
  'user add LOGIN NAME [--role ROLE] [--school CODE] [--district CODE]',
  'user link LOGIN [--district CODE]',
  'user unlock LOGIN [--district CODE]',
  'user disable LOGIN --reason TEXT [--district CODE]',
  'user enable LOGIN [--district CODE]',
]
export const needsDatabase = true

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
  const [verb, login, name, more] = positionals
  if (values.role && !ROLES.includes(values.role as Role)) throw new WrongUsage(`--role ${ROLES.join(' | ')}`)
  try {
    const actor = await consoleActor(values.district)
    if (verb === 'list' && !login) return await list(actor, io)
    if (verb === 'add' && login && name && !more)
      return await addUser(actor, io, { login, name, role: values.role as Role | undefined, schoolCode: values.school })
    if (login && !name) {
      if (verb === 'link') return await withUser(actor, io, login, issueUserLink, { zh: '', en: '', told: {} })
      if (verb === 'unlock')
        return await withUser(actor, io, login, unlockUser, {
          zh: '已解除锁定',
          en: 'unlocked',
          told: { unlocked: true },
        })
      if (verb === 'enable')
        return await withUser(actor, io, login, enableUser, { zh: '已启用', en: 'enabled', told: { disabled: false } })
      if (verb === 'disable' && values.reason) {
        const input = { reason: values.reason }
        const words = { zh: '已停用', en: 'disabled', told: { disabled: true } }
        return await withUser(actor, io, login, disableUser, { input, ...words })
      }
    }
    throw new WrongUsage(verb === 'disable' ? '停用须说明理由 --reason · say why' : '请按下面的用法 · see the usage')
  } finally {
    await closePools()
  }
}

async function list(actor: SystemActor, io: CommandIo): Promise<number> {
  const { rows } = await withScope(actor, (tx) => listUsers(tx, { page: 1, size: 100_000 }, actor.today), {
    readOnly: true,
  })
  if (io.json) printJson(io, { users: rows })
  else if (rows.length === 0) io.out('还没有账号 · no account yet')
  else
    for (const row of rows)
      io.out(
        [row.login.padEnd(20), row.name, row.roles.join(',') || '—', row.disabledAt ? '已停用 disabled' : '']
          .join('  ')
          .trimEnd(),
      )
  return 0
}
