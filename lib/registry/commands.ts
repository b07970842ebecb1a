import type { z } from 'zod'
import * as account from '@/lib/platform/commands/account.ts'
import * as activate from '@/lib/platform/commands/activate.ts'
import * as bulkAccounts from '@/lib/platform/commands/bulk-accounts.ts'
import * as grants from '@/lib/platform/commands/grants.ts'
import * as setUp from '@/lib/platform/commands/set-up.ts'
import * as settings from '@/lib/platform/commands/settings.ts'
import * as twoPerson from '@/lib/platform/commands/two-person.ts'
import * as userCommands from '@/lib/platform/commands/users.ts'
import { answerCommand } from '@/lib/platform/two-person.ts'
import type { Permission } from '@/lib/rules/access/permissions.ts'
import { OPERATIONS } from './operations.ts'

/** What every command has, whatever it takes and gives. */
export interface RegisteredCommand {
  name: Permission
  input: z.ZodType
}

/** The answer to a two-person request, over the operations of all areas. */
export const answerTwoPerson = answerCommand(OPERATIONS)

const isCommand = (value: unknown): value is RegisteredCommand =>
  typeof value === 'object' && value !== null && 'name' in value && 'input' in value && 'run' in value

/** One namespace import per file of `lib/<area>/commands`: all that can write, for the tests that try every command. */
const MODULES: readonly Record<string, unknown>[] = [
  account,
  activate,
  bulkAccounts,
  grants,
  setUp,
  settings,
  twoPerson,
  userCommands,
  { answerTwoPerson },
]

/** Every command of the product. */
export const COMMANDS: readonly RegisteredCommand[] = MODULES.flatMap((module) => Object.values(module)).filter(
  isCommand,
)
