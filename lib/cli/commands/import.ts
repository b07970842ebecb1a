import { readFile } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import { eq } from 'drizzle-orm'
import { districts } from '../../../db/schema/index.ts'
import { closePools, type DistrictEntry, listDistricts, withScope } from '../../../db/scope.ts'
import { refusalText, translator } from '../../i18n/translate.ts'
import { now, todayIn } from '../../platform/clock.ts'
import { keyring } from '../../platform/crypto.ts'
import { newId } from '../../platform/new-id.ts'
import type { Finding } from '../../platform/workbook/finding.ts'
import { rememberedMapping } from '../../register/imports/run/batch.ts'
import { type DryRunReport, dryRun } from '../../register/imports/run/dry-run.ts'
import { IMPORT_KINDS, type ImportKind } from '../../register/imports/run/entries.ts'
import { importNow } from '../../register/imports/run/import-now.ts'
import { readSource } from '../../register/imports/run/source.ts'
import type { Counts } from '../../register/imports/run/tally.ts'
import { importSentences } from '../../register/imports/sentences.ts'
import type { SystemActor } from '../../rules/access/actor.ts'
import type { LocalDate } from '../../rules/values/dates.ts'
import type { BatchId, DistrictId } from '../../rules/values/ids.ts'
import type { Outcome } from '../../rules/values/outcome.ts'
import { type CommandIo, parseCommand, printJson, printRefusals, WrongUsage } from '../command.ts'
import { dayOption } from '../read-district.ts'
import { root } from '../start/places.mjs'

const options = '[--dry-run] [--on DATE] [--district CODE] [--json]'
export const usage = IMPORT_KINDS.map((kind) => `import ${kind} FILE ${options}`)
export const needsDatabase = true

interface Read {
  report: DryRunReport
  findings: Finding[]
}

/** The same import as the page: dry run, and unless asked for no more, all or nothing into the register. */
export async function run(args: string[], io: CommandIo): Promise<number> {
  const { values, positionals } = parseCommand({
    args,
    allowPositionals: true,
    options: {
      'dry-run': { type: 'boolean', default: false },
      on: { type: 'string' },
      district: { type: 'string' },
    },
  })
  const [kind, named, ...more] = positionals
  if (!IMPORT_KINDS.includes(kind as ImportKind) || named === undefined || more.length > 0)
    throw new WrongUsage(`import ${IMPORT_KINDS.join('|')} 文件 · FILE`)
  const on = values.on === undefined ? null : dayOption('on', values.on)
  const file = resolve(named)
  // Messages and the reading child are found from the product's own folder
  process.chdir(root)
  try {
    const content = await contentOf(file, io)
    if (content === null) return 1
    const actor = await actorOf(await districtOf(values.district))
    const asked = { kind: kind as ImportKind, on, today: actor.today }
    const outcome: Outcome<Read> = values['dry-run']
      ? await compareOnly(actor, file, asked)
      : await importNow(actor, { content, fileName: basename(file), ...asked })
    if (!outcome.ok) return printRefusals(io, outcome.refusals, (refusal) => refusalText(translator('zh-CN'), refusal))
    print(io, outcome.value, values['dry-run'])
    return 0
  } finally {
    await closePools()
  }
}

/** The bytes of the file, or null when it has been said why they cannot be had: only that is a person's mistake. */
async function contentOf(file: string, io: CommandIo): Promise<Buffer | null> {
  try {
    return await readFile(file)
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? ''
    const [zh, en] = UNREADABLE[code] ?? [null, null]
    if (zh === null) throw error
    io.err(`✗ ${zh}：${file}。 ${en}.`)
    return null
  }
}

const UNREADABLE: Record<string, readonly [string, string]> = {
  ENOENT: ['没有这个文件', 'There is no such file'],
  ENOTDIR: ['没有这个文件', 'There is no such file'],
  EISDIR: ['这是文件夹，请指明其中的工作簿', 'This is a folder: name the workbook in it'],
  EACCES: ['没有读取此文件的权限', 'You may not read this file'],
  EPERM: ['没有读取此文件的权限', 'You may not read this file'],
}

async function districtOf(code: string | undefined): Promise<DistrictEntry> {
  const all = await listDistricts('worker')
  const found = code === undefined ? all[0] : all.find((entry) => entry.code === code)
  if (all.length > 1 && code === undefined)
    throw new WrongUsage('有多个区县，请用 --district 代码 指明 · several districts: name one with --district CODE')
  if (!found) throw new WrongUsage('还没有区县，请先运行 init · there is no such district yet: run init first')
  return found
}

async function actorOf({ id }: DistrictEntry): Promise<SystemActor> {
  const probe: SystemActor = {
    kind: 'system',
    districtId: id as DistrictId,
    job: 'command line',
    today: '2000-01-01' as LocalDate,
  }
  const [district] = await withScope(
    probe,
    (tx) =>
      tx
        .select()
        .from(districts)
        .where(eq(districts.id, id as DistrictId)),
    { readOnly: true },
  )
  return { ...probe, today: todayIn(district!) }
}

/** A dry run that leaves nothing behind, not even its own record. */
async function compareOnly(
  actor: SystemActor,
  file: string,
  asked: { kind: ImportKind; on: LocalDate | null; today: LocalDate },
): Promise<Outcome<Read>> {
  const source = await readSource(file, file, asked)
  if (!source.ok) return source
  const { kind, sheets, on } = source.value
  const findings: Finding[] = []
  const report = await withScope(
    actor,
    async (tx) => {
      const keys = await keyring(tx, actor.districtId)
      const context = { districtId: actor.districtId, batchId: newId<BatchId>(), keys, at: now(), on }
      const mapping = { byTitle: await rememberedMapping(tx, kind) }
      return dryRun(
        tx,
        { kind, sheets, mapping, onlySchool: null, context },
        {
          rows: async (rows) => void findings.push(...rows.flatMap((row) => row.findings)),
          late: async (late) => void findings.push(...late),
          progress: async () => {},
        },
      )
    },
    { readOnly: true, statementSeconds: 600 },
  )
  if (report.columns.length === 0) return { ok: false, refusals: [{ code: 'import.refusal.noHeader' }] }
  return { ok: true, value: { report, findings: [...report.notes, ...findings] } }
}

const COUNTS = ['new', 'changed', 'unchanged', 'refused', 'missing', 'warnings', 'mended', 'conflicts'] as const
const WORDS: Record<(typeof COUNTS)[number], string> = {
  new: '新增',
  changed: '变更',
  unchanged: '不变',
  refused: '不能导入',
  missing: '表中没有',
  warnings: '提醒',
  mended: '已改正',
  conflicts: '待取舍',
}

function print(io: CommandIo, { report, findings }: Read, isDry: boolean): void {
  const counts = Object.fromEntries(COUNTS.map((name) => [name, report.counts[name as keyof Counts]]))
  const { finding: say } = importSentences('zh-CN')
  const inOrder = [...findings].sort((a, b) => (a.sheet === b.sheet ? a.row - b.row : a.sheet < b.sheet ? -1 : 1))
  if (io.json) {
    printJson(io, {
      counts,
      dryRun: isDry,
      findings: inOrder.map((finding) => ({
        sheet: finding.sheet,
        row: finding.row,
        column: finding.column,
        code: finding.code,
        severity: finding.severity,
        message: say(finding),
      })),
    })
    return
  }
  for (const name of COUNTS) io.out(`${WORDS[name]} ${name.padEnd(10)} ${counts[name]}`)
  for (const finding of inOrder)
    if (finding.severity !== 'mended')
      io.out(`${finding.sheet} ${finding.row} ${finding.column ?? ''} ${finding.code} ${say(finding)}`)
}
