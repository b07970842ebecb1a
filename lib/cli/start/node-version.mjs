// Runs before anything else, on any Node: nothing newer than Node 14 may be used here or in what it imports.
import { Halt } from './halt.mjs'

/** Refuse a Node older than package.json's `engines` asks for. */
export function checkNodeVersion(version = process.versions.node) {
  const [major, minor] = version.split('.').map(Number)
  if (major > 20 || (major === 20 && minor >= 19)) return
  throw new Halt(
    `需要 Node.js 20.19 或更新的版本，当前是 ${version}。请安装新版本（Debian 13：apt install nodejs npm），然后重新运行。`,
    `Node.js 20.19 or newer is needed, this is ${version}. Install a newer one (Debian 13: apt install nodejs npm) and run this again.`,
  )
}
