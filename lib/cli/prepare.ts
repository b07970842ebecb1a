// Run by `npm start` in a process of its own: the administrator's address stays here.
import { closePools } from '../../db/scope.ts'
import { offerSetUp } from '../platform/set-up.ts'
import { preparationFailure } from './preparation-failure.ts'
import { seedDemo } from './seed.ts'
import { type DatabaseUrls, hasDistrict, keptPasswords, setUpDatabase } from './setup-database.ts'
import { Halt } from './start/halt.mjs'
import { ensureDataFolder, inData } from './start/places.mjs'
import { writePrivate } from './start/secrets.mjs'

const say = (message: object) =>
  new Promise<void>((resolve) => {
    process.send?.(message, undefined, {}, () => resolve())
  })

async function step<T>(title: string, work: () => Promise<[T, string]>): Promise<T> {
  await say({ step: title })
  const [value, done] = await work()
  await say({ done })
  return value
}

/** The seeder and what it calls find their pools by these, as in the served product. */
function connectAs(urls: DatabaseUrls) {
  process.env.JUNHENG_APP_URL = urls.appUrl
  process.env.JUNHENG_WORKER_URL = urls.workerUrl
}

async function prepare(adminUrl: string) {
  const folder = ensureDataFolder()
  const urls = await step('建表 migrate', async () => {
    const ready = await setUpDatabase(adminUrl, keptPasswords(folder))
    return [ready, ready.applied.length === 0 ? '已是最新 up to date' : ready.applied.join(', ')]
  })
  writePrivate(inData('connection.json'), JSON.stringify(urls))
  connectAs(urls)
  if (process.env.JUNHENG_SEED === 'demo' && !(await hasDistrict(urls.appUrl)))
    await step('演示数据 demo district', async () => [null, (await seedDemo(urls)) ?? ''])
  await offerSetUp()
  await closePools()
  await say({ urls: { appUrl: urls.appUrl, workerUrl: urls.workerUrl } })
}

const adminUrl = process.env.JUNHENG_ADMIN_URL
if (!adminUrl || !process.send) throw new Error('prepare.ts is started by lib/cli/start/prepare.mjs')
try {
  await prepare(adminUrl)
} catch (error) {
  const halt = error instanceof Halt ? error : preparationFailure(error, inData('.'))
  await say({ halt: { zh: halt.zh, en: halt.en, detail: halt.detail } })
  process.exitCode = 1
} finally {
  process.disconnect?.()
}
