import type { CommandIo } from '../command.ts'
import { planCommand } from '../plan.ts'

export const usage = [
  'plan INSTANCE.json --out RESULT.json [--time-limit SECONDS] [--lock-prices] [--lang en] [--json]',
  'plan check INSTANCE.json RESULT.json [--lang en] [--json]',
]
export const needsDatabase = false

/** Solves an instance of `junheng-plan/1`, or checks a result of it; needs no district (planner.md §5–§6). */
export const run = (args: string[], io: CommandIo): Promise<number> => planCommand(io.json ? [...args, '--json'] : args)
