import { randomBytes } from 'node:crypto'
import pino from 'pino'

/** Logs carry ids, codes and milliseconds: no names, numbers, bodies or SQL parameters (security.md §5.7). */
export const log = pino({ level: process.env.LOG_LEVEL ?? 'info', base: null })

/** An unexpected failure with the number a person can quote. */
export class IncidentError extends Error {
  constructor(
    readonly number: string,
    cause: unknown,
  ) {
    super(`incident ${number}`, { cause })
  }
}

/** Logs an unexpected error under a fresh number; the message of a driver error may hold values, so only its kind is kept. */
export function incident(error: unknown, context: { action: string }): IncidentError {
  if (error instanceof IncidentError) return error
  const number = randomBytes(4).toString('hex').toUpperCase()
  const cause =
    error instanceof Error && error.cause
      ? (error.cause as Record<string, unknown>)
      : (error as Record<string, unknown>)
  log.error({
    incident: number,
    action: context.action,
    kind: error instanceof Error ? error.name : typeof error,
    code: cause?.code,
    constraint: cause?.constraint_name,
    table: cause?.table_name,
    at:
      error instanceof Error
        ? error.stack
            ?.split('\n')
            .filter((line) => line.includes(' at '))
            .slice(0, 8)
        : undefined,
    what: process.env.JUNHENG_LOG_MESSAGES === '1' ? String(cause?.message ?? error) : undefined,
  })
  return new IncidentError(number, error)
}
