import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Halt } from './halt.mjs'
import { root } from './places.mjs'
import { lastLines, run } from './run.mjs'
import { digestOf, unlessStamped } from './stamps.mjs'

const SOURCES = ['app', 'lib', 'db', 'public', 'proxy.ts', 'next.config.js', 'tsconfig.json', 'package-lock.json']
export const nextCli = join(root, 'node_modules', 'next', 'dist', 'bin', 'next')

/** Beside the build it speaks of: several data folders share one build. */
export const buildStamp = join(root, '.next', 'junheng-build')

export const sourcesDigest = () => digestOf(root, SOURCES, [process.version])

/** `next build`, unless nothing it reads has changed. */
export async function buildPages(environment) {
  const digest = sourcesDigest()
  const done = await unlessStamped(buildStamp, digest, async () => {
    const { code, output } = await run(process.execPath, [nextCli, 'build'], { cwd: root, env: environment })
    if (code === 0 && existsSync(join(root, '.next', 'BUILD_ID'))) return
    if (/ENOSPC|no space left/i.test(output)) throw Object.assign(new Error('full'), { code: 'ENOSPC', path: root })
    throw new Halt('构建页面失败（next build）。', 'Building the pages failed (next build).', lastLines(output, 40))
  })
  return done ? 'next build' : '未改动 unchanged'
}
