import { readFile, stat, writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { createTranslator } from 'use-intl/core'
import en from '@/lib/i18n/messages/en/planner.json' with { type: 'json' }
import zh from '@/lib/i18n/messages/zh-CN/planner.json' with { type: 'json' }
import { type RunOutcome, sha256, startPlan } from '@/lib/planner/runner.ts'
import { checkPlan, type Finding } from '@/lib/rules/planner/checker.ts'
import {
  instanceNotices,
  MAX_INSTANCE_BYTES,
  type PlanResult,
  parseInstance,
  parseResult,
} from '@/lib/rules/planner/format.ts'
import { type Outcome, type Refusal, refuse } from '@/lib/rules/values/outcome.ts'

/** 0 done (also when no plan exists) · 1 the plan is refused by the checker, or the solver failed · 2 the input is refused. */
type ExitCode = 0 | 1 | 2

const OPTIONS = {
  out: { type: 'string', short: 'o' },
  json: { type: 'boolean', default: false },
  'time-limit': { type: 'string' },
  'lock-prices': { type: 'boolean', default: false },
  lang: { type: 'string' },
} as const

interface Terminal {
  say(key: string, values?: Record<string, string | number>): string
  print(line: string): void
  warn(line: string): void
}

function openTerminal(lang: string | undefined): Terminal {
  const isEnglish = (lang ?? process.env.LANG ?? '').startsWith('en')
  const translate = createTranslator({ locale: isEnglish ? 'en' : 'zh-CN', messages: { planner: isEnglish ? en : zh } })
  return {
    say: (key, values) => translate(key as Parameters<typeof translate>[0], values as never),
    print: (line) => process.stdout.write(`${line}\n`),
    warn: (line) => process.stderr.write(`${line}\n`),
  }
}

const sentence = (terminal: Terminal, one: Refusal | Finding): string =>
  `${one.rule ? `${one.rule}  ` : ''}${terminal.say(one.code, one.values)}`

/** Refuses a file by its size before reading it. */
async function readInput(path: string): Promise<Outcome<Buffer>> {
  try {
    const { size } = await stat(path)
    if (size > MAX_INSTANCE_BYTES)
      return refuse('planner.refusal.too_large', {
        found: Math.ceil(size / 1_048_576),
        limit: MAX_INSTANCE_BYTES / 1_048_576,
      })
    return { ok: true, value: await readFile(path) }
  } catch (error) {
    return refuse('planner.refusal.unreadable', { path, detail: (error as NodeJS.ErrnoException).code ?? '' })
  }
}

function reportRefusals(terminal: Terminal, refusals: Refusal[], asJson: boolean): ExitCode {
  if (asJson) terminal.print(JSON.stringify({ ok: false, refusals }))
  else for (const refusal of refusals) terminal.warn(sentence(terminal, refusal))
  return 2
}

function describe(terminal: Terminal, result: PlanResult): void {
  if (result.status === 'error') return
  if (result.status === 'infeasible') {
    const { rules, relaxation, cost } = result.conflict
    terminal.print(terminal.say('planner.cli.infeasible', { rules: rules.join(' ') }))
    for (const { rule, item, by } of relaxation)
      terminal.print(`  ${terminal.say('planner.cli.relax', { rule, item, by })}`)
    terminal.print(`  ${terminal.say('planner.cli.relax_cost', { cost })}`)
    return
  }
  const { counts } = result
  terminal.print(terminal.say(`planner.cli.${result.status}`, { moved: counts.R, backbone: counts.RB }))
  for (const { level, name, value, bound, gap, seconds } of result.levels)
    terminal.print(
      `  ${level} ${terminal.say(`planner.level.${name}`)}  ${value}  ${terminal.say('planner.cli.bound', { bound: bound ?? '–', gap: gap ?? '–' })}  ${seconds} s`,
    )
  for (const { id, stage, cv_before, cv_after } of result.equity)
    terminal.print(`  CV ${id}/${stage}  ${cv_before?.toFixed(4) ?? '–'} → ${cv_after?.toFixed(4) ?? '–'}`)
}

/** `plan INSTANCE.json --out RESULT.json`: solves to proof, or to the time limit, and writes the certificate. */
async function solve(terminal: Terminal, path: string, values: ReturnType<typeof parse>['values']): Promise<ExitCode> {
  const asJson = values.json
  const bytes = await readInput(path)
  if (!bytes.ok) return reportRefusals(terminal, bytes.refusals, asJson)
  const timeLimit = values['time-limit'] === undefined ? undefined : Number(values['time-limit'])
  if (timeLimit !== undefined && !(timeLimit > 0))
    return reportRefusals(
      terminal,
      [{ code: 'planner.refusal.time_limit', values: { found: values['time-limit']! } }],
      asJson,
    )
  const read = parseInstance(bytes.value)
  if (!read.ok) return reportRefusals(terminal, read.refusals, asJson)
  for (const notice of instanceNotices(read.value)) terminal.warn(sentence(terminal, notice))
  const started = startPlan(bytes.value.toString('utf8'), {
    ...(timeLimit === undefined ? {} : { timeLimit }),
    lockPrices: values['lock-prices'],
  })
  if (!started.ok) return reportRefusals(terminal, started.refusals, asJson)
  const cancel = () => started.value.cancel()
  process.once('SIGINT', cancel)
  const outcome = await started.value.done.finally(() => process.off('SIGINT', cancel))
  return finish(terminal, outcome, values.out, asJson)
}

async function finish(
  terminal: Terminal,
  outcome: RunOutcome,
  out: string | undefined,
  asJson: boolean,
): Promise<ExitCode> {
  if (outcome.kind === 'failed') {
    const { why, detail } = outcome
    if (asJson)
      terminal.print(JSON.stringify({ ok: false, failed: why, detail, findings: outcome.report?.findings ?? [] }))
    else terminal.warn(terminal.say(`planner.cli.failed_${why}`, { detail }))
    return 1
  }
  const text = `${JSON.stringify(outcome.result, null, 1)}\n`
  if (out) await writeFile(out, text)
  if (asJson) terminal.print(JSON.stringify({ ok: true, status: outcome.result.status, values: outcome.report.values }))
  else if (out) describe(terminal, outcome.result)
  else terminal.print(text)
  return 0
}

/** `plan check INSTANCE.json RESULT.json`: what the independent checker makes of a result. */
async function check(terminal: Terminal, instancePath: string, resultPath: string, asJson: boolean): Promise<ExitCode> {
  const [instanceBytes, resultBytes] = [await readInput(instancePath), await readInput(resultPath)]
  if (!instanceBytes.ok) return reportRefusals(terminal, instanceBytes.refusals, asJson)
  if (!resultBytes.ok) return reportRefusals(terminal, resultBytes.refusals, asJson)
  const instance = parseInstance(instanceBytes.value)
  if (!instance.ok) return reportRefusals(terminal, instance.refusals, asJson)
  const result = parseResult(resultBytes.value)
  if (!result.ok) return reportRefusals(terminal, result.refusals, asJson)
  const report = checkPlan(instance.value, result.value, {
    instanceSha256: sha256(instanceBytes.value),
    digest: sha256,
  })
  if (asJson) terminal.print(JSON.stringify(report))
  else {
    for (const finding of report.findings) terminal.print(sentence(terminal, finding))
    if (report.ok) terminal.print(terminal.say('planner.cli.sound'))
    else terminal.print(terminal.say('planner.cli.unsound', { count: report.findings.length }))
  }
  return report.ok ? 0 : 1
}

const parse = (args: string[]) => parseArgs({ args, options: OPTIONS, allowPositionals: true, strict: true })

/**
 * The `plan` command: `plan INSTANCE.json --out RESULT.json [--time-limit S] [--lock-prices]` and
 * `plan check INSTANCE.json RESULT.json`, both with `--json` and `--lang en`. Needs no database.
 * @returns exit code 0, 1 or 2
 */
export async function planCommand(args: string[]): Promise<number> {
  let parsed: ReturnType<typeof parse>
  try {
    parsed = parse(args)
  } catch (error) {
    openTerminal(undefined).warn(error instanceof Error ? error.message : String(error))
    return 2
  }
  const { positionals, values } = parsed
  const terminal = openTerminal(values.lang)
  const [first, second, third] = positionals
  if (first === 'check' && second && third && positionals.length === 3)
    return check(terminal, second, third, values.json)
  if (first && first !== 'check' && positionals.length === 1) return solve(terminal, first, values)
  terminal.warn(terminal.say('planner.cli.usage'))
  return 2
}
