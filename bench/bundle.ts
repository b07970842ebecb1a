import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { gzipSync } from 'node:zlib'
import { buildPages } from '../lib/cli/start/build.mjs'
import { root } from '../lib/cli/start/places.mjs'
import { atMost, type Measured } from './measure.ts'

const BUILT = join(root, '.next')
const MANIFEST = 'page_client-reference-manifest.js'
const PHONE = '/rotation/cases/[caseId]'

interface PageSize {
  page: string
  kB: number
}

/** Address of a page from its folder in the build: groups in brackets are no part of it. */
const addressOf = (folder: string): string =>
  `/${folder
    .split('/')
    .filter((part) => !part.startsWith('('))
    .join('/')}`

/**
 * First-load JavaScript of every page, kB gzip: the framework's own files and every script that any client part of the
 * page, its layouts and its error page can ask for. What one person's page asks for is this or less. Scripts for
 * browsers without modules are never loaded by the supported ones.
 */
export function pageSizes(): PageSize[] {
  const sizes = new Map<string, number>()
  const gzipped = (script: string): number => {
    const known = sizes.get(script)
    if (known !== undefined) return known
    const size = gzipSync(readFileSync(join(BUILT, script))).length / 1000
    sizes.set(script, size)
    return size
  }
  const pages = readdirSync(join(BUILT, 'server/app'), { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith(`/${MANIFEST}`),
  )
  return pages.map((name) => {
    const file = join('server/app', name)
    const folder = dirname(file)
    const { rootMainFiles } = JSON.parse(readFileSync(join(BUILT, folder, 'page', 'build-manifest.json'), 'utf8')) as {
      rootMainFiles: string[]
    }
    const asked = readFileSync(join(BUILT, file), 'utf8').matchAll(/"\/_next\/(static\/chunks\/[^"]+\.js)"/g)
    const scripts = new Set([...rootMainFiles, ...[...asked].map((match) => match[1]!)])
    const kB = [...scripts].reduce((sum, script) => sum + gzipped(script), 0)
    return { page: addressOf(relative('server/app', folder)), kB }
  })
}

/** kB of the phone's approval page and of the heaviest page, from the build itself. */
export async function measureBundles(): Promise<Measured[]> {
  await buildPages({ ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' })
  const pages = pageSizes().sort((a, b) => b.kB - a.kB)
  const phone = pages.find(({ page }) => page === PHONE)
  if (!phone) throw new Error(`${PHONE} is not in the build`)
  const heaviest = pages[0]!
  return [
    atMost('first-load JavaScript, phone approval (kB gzip)', phone.kB, 200, phone.page),
    atMost(
      'first-load JavaScript, heaviest page (kB gzip)',
      heaviest.kB,
      350,
      `${heaviest.page}, of ${pages.length} pages`,
    ),
  ]
}
