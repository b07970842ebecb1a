import { diskFull, Halt } from './start/halt.mjs'
import { freeMegabytes } from './start/places.mjs'

/** Free space below which a failure is the disk's: Postgres may have gone down before it could say so. */
const FULL_BELOW_MEGABYTES = 5

/** What stopped the preparation, without the statement that failed: its values are people's data. */
export function preparationFailure(error: unknown, folder: string): Halt {
  const cause = ((error as Error).cause ?? error) as Error & { code?: string }
  const free = freeMegabytes(folder)
  if (cause.code === '53100' || /No space left/.test(cause.message) || free < FULL_BELOW_MEGABYTES)
    return diskFull(folder, free)
  const at = (cause.stack ?? '').split('\n').filter((line) => line.trimStart().startsWith('at '))
  const what = [[cause.name, cause.code, cause.message.slice(0, 300)].filter(Boolean).join(' '), ...at.slice(0, 6)]
  return new Halt('准备数据库失败。', 'Preparing the database failed.', what.join('\n'))
}
