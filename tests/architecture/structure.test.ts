import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { root } from '../../lib/cli/start/places.mjs'

/** A small tree in which every file that a planted import names is there; alone it breaks no rule. */
const SOUND = {
  'app/page.tsx': "import '@/lib/rotation/queries/cases.ts'\nimport 'react'\n",
  'proxy.ts': 'export {}\n',
  'db/scope.ts': "import 'postgres'\nimport '../lib/rules/values/ids.ts'\n",
  'lib/rules/values/ids.ts': "import 'zod'\n",
  'lib/rules/planner/model.ts': 'export {}\n',
  'lib/rules/planner/format.ts': 'export {}\n',
  'lib/rules/planner/check.ts': "import './format.ts'\n",
  'lib/platform/clock.ts': 'export {}\n',
  'lib/equity/queries/figures.ts': "import '@/lib/rotation/queries/cases.ts'\n",
  'lib/rotation/queries/cases.ts': "import '@/db/scope.ts'\n",
  'lib/rotation/commands/decide-case.ts': "import '../queries/cases.ts'\n",
}

/** One violation of each rule: the file that breaks it and the import by which it does. */
const PLANTED = [
  ['rules-are-pure', 'lib/rules/values/planted.ts', '@/lib/platform/clock.ts'],
  ['rules-are-pure', 'lib/rules/values/planted-builtin.ts', 'node:fs'],
  ['db-knows-only-rules', 'db/planted.ts', '@/lib/platform/clock.ts'],
  ['lib-has-no-screen', 'lib/equity/queries/planted.ts', 'react'],
  ['app-never-touches-tables', 'app/planted.ts', '@/db/scope.ts'],
  ['app-never-touches-tables', 'app/planted-driver.ts', 'drizzle-orm'],
  ['areas-share-reads-not-writes', 'lib/equity/commands/planted.ts', '@/lib/rotation/commands/decide-case.ts'],
  ['platform-knows-no-area', 'lib/platform/planted.ts', '@/lib/rotation/queries/cases.ts'],
  ['checker-is-independent', 'lib/rules/planner/check-planted.ts', './model.ts'],
  ['no-cycles', 'lib/equity/queries/planted-a.ts', './planted-b.ts'],
] as const

let folder: string
const plant = (file: string, text: string) => {
  mkdirSync(join(folder, dirname(file)), { recursive: true })
  writeFileSync(join(folder, file), text)
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'junheng-structure-'))
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  copyFileSync(join(root, 'tsconfig.json'), join(folder, 'tsconfig.json'))
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
  for (const [file, text] of Object.entries(SOUND)) plant(file, text)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function violations(): { rule: string; from: string }[] {
  const cruiser = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs')
  const config = join(root, '.dependency-cruiser.cjs')
  // the json reporter's exit code is 0 whatever it found
  const args = [cruiser, 'app', 'db', 'lib', 'proxy.ts', '--config', config, '--output-type', 'json']
  const report = JSON.parse(execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8', maxBuffer: 1e8 }))
  return report.summary.violations.map((found: { rule: { name: string }; from: string }) => ({
    rule: found.rule.name,
    from: found.from,
  }))
}

describe('the structure rules', () => {
  test('let a sound tree pass', { timeout: 60_000 }, () => {
    expect(violations()).toEqual([])
  })

  test('catch a planted violation of each', { timeout: 60_000 }, () => {
    for (const [, file, target] of PLANTED) plant(file, `import '${target}'\n`)
    plant('lib/equity/queries/planted-b.ts', "import './planted-a.ts'\n")
    const found = violations()
    for (const [rule, from] of PLANTED) expect(found).toContainEqual({ rule, from })
    const planted = new Set<string>([...PLANTED.map(([, file]) => file), 'lib/equity/queries/planted-b.ts'])
    expect(found.filter(({ from }) => !planted.has(from))).toEqual([])
  })
})
