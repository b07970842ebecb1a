import type { IdNumber } from '../../rules/register/id-number.ts'
import { readIdCell } from './read-id.ts'
import type { RowReader } from './row-reader.ts'

/** The ID number of a row, whatever table it is in; its faults and mendings are reported. */
export function readIdOf<F extends string>(row: RowReader<F | 'idNumber'>): IdNumber | null {
  const cell = row.value('idNumber')
  const read = cell === null ? null : readIdCell(cell)
  if (read === null || read.kind === 'empty') return null
  if (read.kind === 'lost') {
    row.report('idNumber', 'E-ID-NUMBER-CELL', 'error')
    return null
  }
  if (read.kind === 'fault') {
    const { fault, position = 0, expected = '', swapped = false } = read.fault
    const sign = position > 0 ? (read.text[position - 1] ?? '') : ''
    const values = { position, sign, expected, length: read.text.length, swapped: swapped ? 'yes' : 'no' }
    row.report('idNumber', fault, 'error', values)
    return null
  }
  for (const code of read.mended) row.report('idNumber', code, 'mended', {}, read.value.text)
  row.said.add('idNumber')
  return read.value
}
