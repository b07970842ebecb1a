import { openCluster } from './cluster.mjs'
import { others } from './holders.mjs'
import { ensureDataFolder, inData } from './places.mjs'

/**
 * The database of this installation: `DATABASE_URL`, or the embedded server of the data folder.
 * @returns {Promise<{ adminUrl: string, embedded: boolean, pid?: number, title: string, close: () => Promise<void> }>}
 *   close: the last process that uses the embedded server stops it
 */
export async function openDatabase(note) {
  ensureDataFolder()
  const given = process.env.DATABASE_URL
  if (given) return { adminUrl: given, embedded: false, title: 'DATABASE_URL', close: async () => {} }
  const cluster = await openCluster({ home: inData('pg'), passwordFile: inData('postgres-password'), note })
  const how = cluster.made ? '新建 made' : cluster.adopted ? '已在运行 already running' : '已启动 started'
  return {
    adminUrl: cluster.adminUrl,
    embedded: true,
    pid: cluster.pid,
    title: how,
    close: async () => {
      if (others().length === 0) await cluster.stop()
    },
  }
}
