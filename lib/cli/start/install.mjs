import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Halt } from './halt.mjs'
import { checkSpace, root } from './places.mjs'
import { lastLines, run } from './run.mjs'
import { digestOf, unlessStamped } from './stamps.mjs'

const OFFLINE = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|network/i
const PACKAGES_MEGABYTES = 1200

/**
 * Install the packages of the lock, unless these very ones are there (`npm ci`, skipped by a stamp).
 * @returns what was done, for the step's line
 */
export async function installPackages() {
  const stamp = join(root, 'node_modules', '.junheng-install')
  const digest = digestOf(root, ['package-lock.json'], [process.version, process.platform, process.arch])
  if (!existsSync(stamp) && agreesWithLock()) {
    writeFileSync(stamp, digest)
    return '已是最新 up to date'
  }
  const done = await unlessStamped(stamp, digest, ci)
  return done ? 'npm ci' : '已是最新 up to date'
}

/** Somebody ran `npm ci` or `npm install` themselves: npm's own record of node_modules equals the lock. */
function agreesWithLock() {
  const record = join(root, 'node_modules', '.package-lock.json')
  if (!existsSync(record)) return false
  const read = (file) => JSON.parse(readFileSync(file, 'utf8')).packages
  const present = read(record)
  const wanted = read(join(root, 'package-lock.json'))
  return Object.entries(wanted).every(([path, want]) => {
    if (path === '') return true
    const have = present[path]
    return have ? have.version === want.version : want.optional === true || want.devOptional === true
  })
}

async function ci() {
  checkSpace(root, PACKAGES_MEGABYTES)
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  let result
  try {
    // --include=dev: the build needs the compiler and the types, also where NODE_ENV is set to production
    result = await run(npm, ['ci', '--include=dev', '--no-fund', '--no-audit'], {
      cwd: root,
      shell: process.platform === 'win32',
    })
  } catch (error) {
    if (error.code !== 'ENOENT') throw error
    throw new Halt(
      '没有找到 npm。请安装它（Debian：apt install npm）。',
      'npm was not found. Install it (Debian: apt install npm).',
    )
  }
  if (result.code === 0) return
  rmSync(join(root, 'node_modules', '.junheng-install'), { force: true })
  if (/ENOSPC/.test(result.output)) throw Object.assign(new Error('full'), { code: 'ENOSPC', path: root })
  if (OFFLINE.test(result.output))
    throw new Halt(
      '安装软件包时连不上网络。请检查网络或 npm 的 registry 与 proxy 设置（npm config list），然后重新运行。',
      'The packages could not be fetched. Check the network, or npm’s registry and proxy settings (npm config list), and run this again.',
      lastLines(result.output, 8),
    )
  throw new Halt('安装软件包失败（npm ci）。', 'Installing the packages failed (npm ci).', firstErrors(result.output))
}

/** npm says what went wrong first, and then its whole usage. */
const firstErrors = (output) => {
  const errors = output.split('\n').filter((line) => /^npm (error|ERR!)/.test(line))
  return errors.length > 0 ? errors.slice(0, 12).join('\n') : lastLines(output)
}
