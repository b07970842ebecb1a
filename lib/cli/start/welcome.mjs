import { existsSync, readFileSync } from 'node:fs'
import { inData } from './places.mjs'

/** The address, and the demo accounts where the demo district is loaded. */
export function printWelcome(address, write = (text) => process.stdout.write(text)) {
  write(`\n均衡 Junheng → ${address}\n`)
  const file = inData('demo-accounts.json')
  if (existsSync(file)) {
    const accounts = JSON.parse(readFileSync(file, 'utf8'))
    write('\n演示账号（演示数据）demo accounts\n')
    const columns = accounts.map(({ login, password, who }) => [login, password, who])
    const width = (index) => Math.max(...columns.map((row) => row[index].length))
    for (const row of columns)
      write(
        `  ${row
          .map((cell, index) => cell.padEnd(width(index)))
          .join('   ')
          .trimEnd()}\n`,
      )
  }
  write('\n按 Ctrl-C 停止 · Ctrl-C stops everything\n')
}
