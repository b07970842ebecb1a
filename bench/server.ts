import { buildPages } from '../lib/cli/start/build.mjs'
import { answers, startWeb } from '../lib/cli/start/children.mjs'
import { productEnvironment } from '../lib/cli/start/environment.mjs'
import { freePort } from '../lib/cli/start/ports.mjs'
import type { BenchDatabase } from './database.ts'

export interface BenchServer {
  origin: string
  close: () => Promise<void>
}

/** The product as `npm start` serves it, built unless the build is current, on the throw-away database. */
export async function benchServer({ appUrl, workerUrl }: BenchDatabase): Promise<BenchServer> {
  const host = '127.0.0.1'
  const port = await freePort(Number(process.env.PORT ?? 0))
  const environment = productEnvironment({ port, urls: { appUrl, workerUrl } })
  environment.NEXTAUTH_URL = `http://${host}:${port}`
  await buildPages(environment)
  const web = startWeb({ port, host, dev: false, environment })
  await answers(web, port)
  return {
    origin: `http://${host}:${port}`,
    close: async () => {
      await web.stop()
    },
  }
}
