import { type ParseArgsConfig, parseArgs } from 'node:util'
import type { Refusal } from '../rules/values/outcome.ts'
import type { DatabaseUrls } from './setup-database.ts'

/** What a command may touch of the outside. */
export interface CommandIo {
  /** A line of the answer, to standard output. */
  out(text: string): void
  /** A line beside the answer, to standard error. */
  err(text: string): void
  /** The caller asked for `--json`: exactly one JSON value goes to standard output. */
  json: boolean
  /** The database, ready and migrated; null for a command that needs none. */
  urls: DatabaseUrls | null
  dataFolder: string
}

/** A module of `lib/cli/commands/`: its file name is the command's first word. */
export interface Command {
  /** One line a form, without the leading `junheng`, e.g. `roll --snapshot DATE [--json]`. */
  usage: string[]
  needsDatabase: boolean | ((args: string[]) => boolean)
  /** @returns the exit code: 0 done, 1 refused (reason on standard error) */
  run(args: string[], io: CommandIo): Promise<number>
}

/** The arguments make no sense: exit code 2 and the usage. */
export class WrongUsage extends Error {}

/** Parse the words after the command's name; anything unknown is wrong usage. */
export function parseCommand<T extends ParseArgsConfig>(config: T): ReturnType<typeof parseArgs<T>> {
  try {
    return parseArgs(config)
  } catch (error) {
    if (error instanceof TypeError) throw new WrongUsage(error.message)
    throw error
  }
}

/** One JSON value, as `--json` promises. */
export const printJson = (io: CommandIo, value: unknown): void => io.out(JSON.stringify(value))

/** Say why not, a line each with its rule, and give exit code 1. `sentence` puts a refusal into words. */
export function printRefusals(io: CommandIo, refusals: Refusal[], sentence: (refusal: Refusal) => string): number {
  for (const refusal of refusals) io.err(`✗ ${sentence(refusal)}${refusal.rule ? ` (${refusal.rule})` : ''}`)
  return 1
}
