import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'

export interface DemoAccount {
  login: string
  password: string
  role: string
  who: string
}

/** Folder of this installation's own files. */
export const dataFolder = (): string => process.env.JUNHENG_DATA ?? path.join(process.cwd(), '.data')

const FILE = 'demo-accounts.json'

/** The accounts of the demo district, written when it was made; none in a real installation. */
export function demoAccounts(): DemoAccount[] {
  const file = path.join(dataFolder(), FILE)
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as DemoAccount[]) : []
}

export const demoAccountsFile = (): string => path.join(dataFolder(), FILE)
