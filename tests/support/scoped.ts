import type { TestDatabase } from './database.ts'

/** Points the product's two pools at a test database; call before anything opens one. */
export function serveFrom(db: TestDatabase): void {
  process.env.JUNHENG_APP_URL = db.appUrl
  process.env.JUNHENG_WORKER_URL = db.workerUrl
  process.env.JUNHENG_MASTER_KEY ??= '11'.repeat(32)
}
