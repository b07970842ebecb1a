import { gzipSync } from 'node:zlib'
import { atMost, type Measured } from './measure.ts'

const gzipped = async (url: string): Promise<number> =>
  gzipSync(Buffer.from(await (await fetch(url)).arrayBuffer())).length

/** First-load JavaScript of a page as the browser is told to fetch it, gzip bytes of every script it names. */
export async function firstLoad(origin: string, path: string, cookie: string): Promise<number> {
  const html = await (await fetch(origin + path, { headers: { cookie } })).text()
  const scripts = new Set([...html.matchAll(/(?:src|href)="(\/_next\/static\/[^"]+\.js)"/g)].map((match) => match[1]!))
  let total = 0
  for (const script of scripts) total += await gzipped(origin + script)
  return total
}

/** kB of the phone's approval page and of the heaviest page. */
export async function measureBundles(
  origin: string,
  cookie: string,
  phonePage: string,
  pages: readonly string[],
  phoneCookie: string,
): Promise<Measured[]> {
  const phone = (await firstLoad(origin, phonePage, phoneCookie)) / 1000
  const sizes = await Promise.all(
    pages.map(async (page) => ({ page, kB: (await firstLoad(origin, page, cookie)) / 1000 })),
  )
  const heaviest = sizes.reduce((a, b) => (b.kB > a.kB ? b : a))
  return [
    atMost('first-load JavaScript, phone approval (kB gzip)', phone, 200, phonePage.replace(/[0-9a-f-]{36}/g, '…')),
    atMost(
      'first-load JavaScript, heaviest page (kB gzip)',
      heaviest.kB,
      350,
      `${heaviest.page} of ${pages.length} pages`,
    ),
  ]
}
