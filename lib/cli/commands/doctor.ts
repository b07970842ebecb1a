import { type CommandIo, parseCommand, printJson } from '../command.ts'
import { databaseFindings } from '../doctor/database.ts'
import { machineFindings } from '../doctor/machine.ts'

export const usage = ['doctor']
export const needsDatabase = true

/** Say in words what is wrong with this installation. Exit code 1 when something is. */
export async function run(args: string[], io: CommandIo): Promise<number> {
  parseCommand({ args, options: {} })
  const findings = [...machineFindings(io.dataFolder), ...(io.urls ? await databaseFindings(io.urls) : [])]
  const wrong = findings.filter(({ state }) => state === 'wrong')
  if (io.json) printJson(io, { ok: wrong.length === 0, findings })
  else {
    const marks = { good: '✓', warning: '!', wrong: '✗' }
    for (const { state, check, zh, en } of findings) io.out(`${marks[state]} ${check.padEnd(18)} ${zh} · ${en}`)
  }
  return wrong.length === 0 ? 0 : 1
}
