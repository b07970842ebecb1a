import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { run } from '../start/run.mjs'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']

/** A Chromium of this machine: `JUNHENG_CHROMIUM`, else one found in PATH. Playwright's own is never downloaded. */
export function findChromium() {
  if (process.env.JUNHENG_CHROMIUM) return process.env.JUNHENG_CHROMIUM
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin', '/usr/local/bin']
  for (const folder of folders) for (const name of NAMES) if (isProgram(join(folder, name))) return join(folder, name)
  return undefined
}

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false // not here
  }
}

/** Where it may, install Debian's Chromium. @returns its path, or the sentence that says what to do */
export async function ensureChromium(print) {
  const there = findChromium()
  if (there) return { path: there }
  const mayInstall = process.platform === 'linux' && process.getuid?.() === 0
  if (mayInstall) {
    print('安装 Chromium（Debian 软件包）· installing Chromium from Debian’s packages …\n')
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    try {
      await run('apt-get', ['update', '-q'], { env })
      await run('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'chromium'], { env })
    } catch (error) {
      if (error.code !== 'ENOENT') throw error // no apt-get: not a Debian
    }
    const path = findChromium()
    if (path) return { path }
  }
  return {
    sentence:
      '浏览器测试需要 Chromium：sudo apt-get install -y chromium（或用 JUNHENG_CHROMIUM=路径 指定）' +
      ' · the browser tests need it: run that command, or name one with JUNHENG_CHROMIUM=PATH',
  }
}
