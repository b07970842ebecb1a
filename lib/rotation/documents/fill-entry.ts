/** The child in which a foreign form is filled: what to do as JSON on standard input, the workbook on standard output. */
import { fillForeign } from './fill-foreign.ts'
import type { FillWork } from './fill-in-child.ts'

const pieces: Buffer[] = []
for await (const piece of process.stdin) pieces.push(piece as Buffer)
const { template, table, rows } = JSON.parse(Buffer.concat(pieces).toString('utf8')) as FillWork
process.stdout.write(await fillForeign(Buffer.from(template, 'base64'), table, rows))
