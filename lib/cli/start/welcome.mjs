import { existsSync, readFileSync } from 'node:fs'
import { inData } from './places.mjs'

/** The address, and the demo accounts where the demo district is loaded. */
export function printWelcome(address, write = (text) => process.stdout.write(text)) {
  write(`\n均衡 Junheng → ${address}\n`)
  const file = inData('demo-accounts.json')
  if (existsSync(file)) {
    const all = JSON.parse(readFileSync(file, 'utf8'))
    write('\n演示账号（演示数据）demo accounts\n')
    const shown = firstOfEachKind(all).map(({ login, password, who }) => [login, password, who])
    const width = (index) => Math.max(...shown.map((row) => row[index].length))
    for (const row of shown)
      write(
        `  ${row
          .map((cell, index) => cell.padEnd(width(index)))
          .join('   ')
          .trimEnd()}\n`,
      )
    if (all.length > shown.length) write(`  另有 ${all.length - shown.length} 个，见 more in ${file}\n`)
  }
  const token = inData('set-up-token')
  if (existsSync(token)) {
    write(`\n初始设置 first set-up → ${address}/set-up\n`)
    write(`  设置口令 token  ${readFileSync(token, 'utf8').trim()}\n`)
  }
  write('\n按 Ctrl-C 停止 · Ctrl-C stops everything\n')
}

const OF_A_KIND = 2

/** principal.s01 … principal.s50 are one kind: two of each are enough for a screen. */
function firstOfEachKind(accounts) {
  const seen = new Map()
  return accounts.filter(({ login }) => {
    const kind = login.replace(/[\d.].*$/, '')
    seen.set(kind, (seen.get(kind) ?? 0) + 1)
    return seen.get(kind) <= OF_A_KIND
  })
}
