/**
 * `npm run bench`: every measure of one run in one table. `-- --only roll,list` measures some; `-- --quick` leaves out
 * the district of 62,300 people and shortens the load. Ratios count; milliseconds belong to the machine.
 */
import { cpus, loadavg, totalmem } from 'node:os'
import { parseArgs } from 'node:util'
import { measureBundles } from './bundle.ts'
import { type BenchDatabase, benchDatabase } from './database.ts'
import { measure as measureImport } from './import.ts'
import { measureLoad } from './load.ts'
import { type Measured, tableOf } from './measure.ts'
import { measurePlanner } from './planner.ts'
import { measureRoll } from './roll.ts'
import { type BenchServer, benchServer } from './server.ts'
import { measureTeacherList } from './teacher-list.ts'

const PIECES = ['bundle', 'list', 'load', 'roll', 'import', 'planner'] as const
type Piece = (typeof PIECES)[number]

const { values } = parseArgs({ options: { only: { type: 'string' }, quick: { type: 'boolean', default: false } } })
const quick = values.quick
const asked = values.only?.split(',') ?? [...PIECES]
const unknown = asked.filter((name) => !PIECES.includes(name as Piece))
if (unknown.length > 0) {
  console.error(`Unknown: ${unknown.join(', ')}. There are ${PIECES.join(', ')}.`)
  process.exit(2)
}

let database: Promise<BenchDatabase> | undefined
let server: Promise<BenchServer> | undefined
const onDatabase = () => {
  database ??= benchDatabase()
  return database
}
const onServer = async () => {
  const ready = await onDatabase()
  server ??= benchServer(ready)
  return { ...(await server), database: ready }
}

const MEASURES: Record<Piece, () => Promise<Measured[]>> = {
  bundle: measureBundles,
  list: async () => {
    const { origin, database } = await onServer()
    return measureTeacherList(database, origin, { times: quick ? 15 : 40, withTen: !quick })
  },
  load: async () => {
    const { origin, database } = await onServer()
    return measureLoad(origin, database.one.districtId, quick ? 15 : 60)
  },
  roll: async () => measureRoll((await onDatabase()).one),
  import: async () => {
    await onDatabase()
    return (await measureImport()).map(({ name, value, bound, unit }) => {
      const isBound = !Number.isNaN(bound)
      return { name, value, bound: isBound ? `≤ ${bound}` : '–', within: isBound ? value <= bound : null, note: unit }
    })
  },
  planner: measurePlanner,
}

const rows: Measured[] = []
try {
  for (const piece of PIECES.filter((name) => asked.includes(name))) {
    const began = performance.now()
    rows.push(...(await MEASURES[piece]()))
    console.error(`${piece}: ${((performance.now() - began) / 1000).toFixed(0)} s`)
  }
} finally {
  await (await server)?.close()
  await (await database)?.close()
}
const [cpu] = cpus()
console.log(
  `\n${cpus().length} × ${cpu?.model.trim()}, ${(totalmem() / 2 ** 30).toFixed(0)} GB, Node ${process.version}, load ${loadavg()
    .map((load) => load.toFixed(1))
    .join(' ')}\n`,
)
console.log(tableOf(rows))
process.exitCode = rows.some((row) => row.within === false) ? 1 : 0
