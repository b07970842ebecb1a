import 'server-only'
import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import type { z } from 'zod'
import { refusalText } from '@/lib/i18n/translate.ts'
import { type Command, runCommand } from '@/lib/platform/command.ts'
import { IncidentError } from '@/lib/platform/log.ts'
import type { Actor } from '@/lib/rules/access/actor.ts'
import type { Refusal } from '@/lib/rules/values/outcome.ts'
import { currentSession, currentTranslate } from './current.ts'
import { readFiles, readForm } from './form.ts'
import { isOwnOrigin } from './origin.ts'

/** What a form shows after its action. Sentences are in the person's language. */
export interface ActionState {
  status: 'idle' | 'done' | 'refused'
  message?: string
  refusals: { text: string; field?: string; rule?: string; code: string }[]
  value?: unknown
  /** Changes with each answer, so that a client part can tell a new one. */
  at: number
}

export type Action = (state: ActionState, form: FormData) => Promise<ActionState>

interface ActionOptions<R> {
  /** Paths whose pages show what was changed. */
  refresh?: string[]
  /** Where to go after success. */
  redirectTo?: (value: R) => string
  /** For somebody who holds a link or a token instead of a session: who they are by it, or null. */
  visitor?: (form: FormData) => Promise<Actor | null>
  /** The refusal when a link or token opens nothing. */
  deadCode?: string
}

/** Carries a command over HTTP and nothing else: origin, session, form → command → sentences. The only way to export a server function. */
export function defineAction<S extends z.ZodType, T, R>(
  command: Command<S, T, R>,
  options: ActionOptions<R> = {},
): Action {
  return async function action(_state, form) {
    const t = await currentTranslate()
    const answer = (refusals: Refusal[]): ActionState => ({
      status: 'refused',
      refusals: refusals.map((refusal) => ({
        text: refusalText(t, refusal),
        field: refusal.field,
        rule: refusal.rule,
        code: refusal.code,
      })),
      at: Date.now(),
    })
    if (!(await isOwnOrigin())) return answer([{ code: 'platform.refusal.foreignOrigin' }])
    const actor = options.visitor ? await options.visitor(form) : ((await currentSession())?.actor ?? null)
    if (!actor) return answer([{ code: options.deadCode ?? 'platform.refusal.signInAgain' }])
    const { input, idempotencyKey } = readForm(form, command.input)
    await readFiles(input)
    let outcome: Awaited<ReturnType<typeof runCommand<S, T, R>>>
    try {
      outcome = await runCommand(command, actor, input, { idempotencyKey })
    } catch (error) {
      if (error instanceof IncidentError)
        return answer([{ code: 'platform.refusal.incident', values: { number: error.number } }])
      throw error
    }
    if (!outcome.ok) return answer(outcome.refusals)
    for (const path of options.refresh ?? []) revalidatePath(path, 'layout')
    if (options.redirectTo) redirect(options.redirectTo(outcome.value.value))
    const message = outcome.value.message
    return {
      status: 'done',
      message: message ? t(message.key, message.values) : t('platform.done'),
      refusals: [],
      value: outcome.value.value,
      at: Date.now(),
    }
  }
}
