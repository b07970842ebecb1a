import { readFileSync } from 'node:fs'
import { openCluster } from './cluster.mjs'
import { Halt } from './halt.mjs'
import { others } from './holders.mjs'
import { identityOf, isSame, pause } from './pids.mjs'
import { ensureDataFolder, inData } from './places.mjs'
import { lastLines } from './run.mjs'

/**
 * The database of this installation: `DATABASE_URL`, or the embedded server of the data folder.
 * @returns {Promise<{ adminUrl: string, embedded: boolean, title: string, ended: Promise<object>, close: () => Promise<void> }>}
 *   ended: resolves when the embedded server stopped by itself · close: the last process that uses the embedded server stops it
 */
export async function openDatabase(note) {
  ensureDataFolder()
  const given = process.env.DATABASE_URL
  if (given)
    return {
      adminUrl: given,
      embedded: false,
      title: 'DATABASE_URL',
      ended: new Promise(() => {}),
      close: async () => {},
    }
  const cluster = await openCluster({ home: inData('pg'), passwordFile: inData('postgres-password'), note })
  const how = cluster.made ? '新建 made' : cluster.adopted ? '已在运行 already running' : '已启动 started'
  return {
    adminUrl: cluster.adminUrl,
    embedded: true,
    title: how,
    ended: watch(cluster),
    close: async () => {
      if (others().length === 0) await cluster.stop()
    },
  }
}

const WATCH_MS = 2000

async function watch({ pid, log }) {
  const server = { pid, identity: identityOf(pid) }
  while (isSame(server)) await pause(WATCH_MS, { keepsAlive: false })
  return {
    failure: () =>
      new Halt(
        '数据库自己停了。下面是它日志的最后几行。请重新启动；数据不会丢失。',
        'The database ended by itself. The last lines of its log follow. Start again: no data is lost.',
        lastLines(readFileSync(log, 'utf8')),
      ),
  }
}
