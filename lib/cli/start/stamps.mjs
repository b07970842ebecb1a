import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

function* filesUnder(path) {
  if (!existsSync(path)) return
  if (!statSync(path).isDirectory()) yield path
  else for (const entry of readdirSync(path).sort()) yield* filesUnder(join(path, entry))
}

/** One digest over the names and contents of files and folders below `base`, and further words. */
export function digestOf(base, paths, words = []) {
  const hash = createHash('sha256')
  for (const path of paths)
    for (const file of filesUnder(join(base, path))) {
      hash.update(`${file.slice(base.length)}\0`)
      hash.update(readFileSync(file))
    }
  for (const word of words) hash.update(`\0${word}`)
  return hash.digest('hex')
}

/**
 * Do `work` unless its stamp says it was done for the same digest. The stamp goes first and comes back last:
 * work that was broken off is done again.
 */
export async function unlessStamped(file, digest, work) {
  if (existsSync(file) && readFileSync(file, 'utf8') === digest) return false
  rmSync(file, { force: true })
  await work()
  writeFileSync(file, digest)
  return true
}
