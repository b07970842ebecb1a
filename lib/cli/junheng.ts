import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { type Command, type CommandIo, WrongUsage } from './command.ts'
import { keptPasswords, setUpDatabase } from './setup-database.ts'
import { openDatabase } from './start/database.mjs'
import { productEnvironment } from './start/environment.mjs'
import { printHalt } from './start/halt.mjs'
import { hold } from './start/holders.mjs'
import { dataFolder, ensureDataFolder } from './start/places.mjs'

const COMMANDS = join(import.meta.dirname, 'commands')
const names = () => readdirSync(COMMANDS).flatMap((file) => /^([a-z-]+)\.ts$/.exec(file)?.[1] ?? [])
const load = async (name: string): Promise<Command> => import(join(COMMANDS, `${name}.ts`))

/** Run one command line. @returns its exit code: 0 done, 1 refused, 2 wrong usage */
async function main(words: string[]): Promise<number> {
  const json = words.includes('--json')
  const [name, ...args] = words.filter((word) => word !== '--json')
  if (!name || name === 'help' || name === '--help') return usage(process.stdout, name ? 0 : 2)
  if (!names().includes(name)) {
    process.stderr.write(`✗ 没有这个命令 no such command: ${name}\n`)
    return usage(process.stderr, 2)
  }
  const command = await load(name)
  const io: CommandIo = {
    out: (text) => process.stdout.write(`${text}\n`),
    err: (text) => process.stderr.write(`${text}\n`),
    json,
    urls: null,
    dataFolder: dataFolder(),
  }
  try {
    const needs = typeof command.needsDatabase === 'function' ? command.needsDatabase(args) : command.needsDatabase
    return needs ? await withDatabase(command, args, io) : await command.run(args, io)
  } catch (error) {
    if (!(error instanceof WrongUsage)) throw error
    io.err(`✗ ${error.message}`)
    for (const line of command.usage) io.err(`  junheng ${line}`)
    return 2
  }
}

async function usage(to: NodeJS.WriteStream, code: number): Promise<number> {
  to.write('npm run --silent junheng -- COMMAND [--json]\n\n')
  for (const name of names()) for (const line of (await load(name)).usage) to.write(`  ${line}\n`)
  to.write('\n0 完成 done · 1 拒绝 refused · 2 用法错误 wrong usage\n')
  return code
}

/** With the server running its database is used; else the embedded one runs for the time of the command. */
async function withDatabase(command: Command, args: string[], io: CommandIo): Promise<number> {
  ensureDataFolder()
  const holder = hold('command')
  let close = async () => {}
  const leave = async () => {
    holder.release()
    await close()
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => leave().then(() => process.exit(1)))
  try {
    const database = await openDatabase((text: string) => io.err(text))
    close = database.close
    const urls = await setUpDatabase(database.adminUrl, keptPasswords(io.dataFolder))
    Object.assign(process.env, productEnvironment({ port: process.env.PORT ?? 3000, urls }))
    return await command.run(args, { ...io, urls })
  } finally {
    await leave()
  }
}

// `junheng roll | head`: nobody reads on, which is no fault of ours; the command ends as it would have
for (const pipe of [process.stdout, process.stderr])
  pipe.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
  })

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  process.exitCode = printHalt(error)
}
// a command may leave a pool or a timer behind; its answer is out and the database closed. Pipes are drained first.
process.stdout.write('', () => process.exit())
