import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from '../start/places.mjs'
import { run } from '../start/run.mjs'
import { ensureChromium } from './chromium.mjs'
import { countPlaywright, countVitest } from './count.mjs'

const bin = (name) => join(root, 'node_modules', ...name.split('/'))
const node = (args, options = {}) =>
  run(process.execPath, args, {
    cwd: root,
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', FORCE_COLOR: '0' },
    ...options,
  })

/** A check that passes or fails as one; its output is shown when it fails. */
async function check(title, steps, print) {
  const since = performance.now()
  for (const args of steps) {
    const { code, output } = await node(args)
    if (code === 0) continue
    print(`✗ ${title}\n${output}\n`)
    return { passed: 0, failed: 1, skipped: 0 }
  }
  print(`✓ ${title}  ${((performance.now() - since) / 1000).toFixed(1)} s\n`)
  return { passed: 1, failed: 0, skipped: 0 }
}

/** The tree is sound before anything of it runs: types, lint, structure. Together, they wait for the disk. */
export async function staticChecks(print) {
  const all = await Promise.all([
    check(
      '类型 types',
      [
        [bin('next/dist/bin/next'), 'typegen'],
        [bin('typescript/bin/tsc'), '--noEmit'],
      ],
      print,
    ),
    check('格式与规则 lint', [[bin('@biomejs/biome/bin/biome'), 'check', '.', '--max-diagnostics=50']], print),
    check(
      '结构 structure',
      [
        [
          bin('dependency-cruiser/bin/dependency-cruise.mjs'),
          'app',
          'db',
          'lib',
          'proxy.ts',
          '--config',
          '.dependency-cruiser.cjs',
        ],
      ],
      print,
    ),
  ])
  return sum(all)
}

/** One Vitest project: its own line of progress, its tests counted from the JSON report. */
export async function vitest(project, print) {
  return withFolder(async (folder) => {
    const file = join(folder, 'report.json')
    const { code } = await node(
      [
        bin('vitest/vitest.mjs'),
        'run',
        '--project',
        project,
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${file}`,
      ],
      { onText: print },
    )
    return countVitest(file, code)
  })
}

/** The browser stories, against a server of their own with a data folder of its own. */
export async function browser(print) {
  const chromium = await ensureChromium(print)
  if (chromium.sentence) {
    print(`✗ ${chromium.sentence}\n`)
    return { passed: 0, failed: 1, skipped: 0 }
  }
  return withFolder(async (folder) => {
    const file = join(folder, 'report.json')
    const env = {
      ...process.env,
      FORCE_COLOR: '0',
      JUNHENG_CHROMIUM: chromium.path,
      JUNHENG_TEST_DATA: join(folder, 'data'),
      PLAYWRIGHT_JSON_OUTPUT_NAME: file,
    }
    const { code } = await node([bin('@playwright/test/cli.js'), 'test', '--reporter=list,json'], {
      env,
      onText: print,
    })
    return countPlaywright(file, code)
  })
}

async function withFolder(work) {
  const folder = mkdtempSync(join(tmpdir(), 'junheng-report-'))
  try {
    return await work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

export const sum = (counts) => ({
  passed: counts.reduce((total, { passed }) => total + passed, 0),
  failed: counts.reduce((total, { failed }) => total + failed, 0),
  skipped: counts.reduce((total, { skipped }) => total + skipped, 0),
})
