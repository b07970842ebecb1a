import { accessSync, chmodSync, constants, existsSync, mkdirSync, statfsSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { diskFull, Halt } from './halt.mjs'

/** The folder of the project. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../../..')

/** The folder of this installation's own files: `JUNHENG_DATA`, else `.data`. */
export const dataFolder = () => resolve(root, process.env.JUNHENG_DATA || '.data')

/** Below this Postgres soon stops in the middle of something. */
const LEAST_MEGABYTES = 300

export const freeMegabytes = (folder) => {
  const { bavail, bsize } = statfsSync(folder)
  return Math.floor((bavail * bsize) / 1048576)
}

/** Refuse early when the disk could not hold what comes next. */
export function checkSpace(folder, megabytes = LEAST_MEGABYTES) {
  const free = freeMegabytes(folder)
  if (free < megabytes) throw diskFull(folder, free)
}

/**
 * Make the data folder, closed to other people of the machine. When root starts us Postgres runs as another
 * user, which must be able to pass through (but not to list) the folder: 0711, else 0700.
 */
export function ensureDataFolder(folder = dataFolder()) {
  const passable = process.getuid?.() === 0
  try {
    if (!existsSync(folder)) mkdirSync(folder, { recursive: true, mode: passable ? 0o711 : 0o700 })
    if (!statSync(folder).isDirectory()) throw Object.assign(new Error('a file'), { code: 'ENOTDIR' })
    accessSync(folder, constants.W_OK | constants.X_OK)
    if (passable && !(statSync(folder).mode & 0o001)) chmodSync(folder, 0o711)
  } catch (error) {
    if (error.code === 'ENOSPC') throw error
    throw new Halt(
      `不能建立或写入数据目录 ${folder}（${error.code}）。请检查它的权限，或用 JUNHENG_DATA=目录 指定另一个。`,
      `The data folder ${folder} cannot be made or written (${error.code}). Check its permissions, or name another with JUNHENG_DATA=DIR.`,
    )
  }
  checkSpace(folder)
  return folder
}

export const inData = (...parts) => join(dataFolder(), ...parts)
