import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { Halt } from './halt.mjs'
import { inData } from './places.mjs'

/** Write a file only its owner may read. */
export function writePrivate(file, text) {
  writeFileSync(file, text, { mode: 0o600 })
}

/** The secret kept in `.data/<name>`, made at the first start. `flag: 'wx'`: two starts at once keep one secret. */
export function keptSecret(name, bytes = 32) {
  const file = inData(name)
  if (!existsSync(file)) {
    try {
      writeFileSync(file, randomBytes(bytes).toString('base64'), { mode: 0o600, flag: 'wx' })
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
    }
  }
  const secret = readFileSync(file, 'utf8').trim()
  if (Buffer.from(secret, 'base64').length >= bytes) return secret
  throw new Halt(
    `密钥文件 ${file} 已损坏（过短）。若有备份请恢复它；主密钥丢失后，已加密的证件号码无法读出。`,
    `The key file ${file} is damaged (too short). Restore it from a backup: without the master key the encrypted ID numbers cannot be read.`,
  )
}

const SAMPLES = /^(secret|changeme|change-me|your-?secret.*|test|development)$/i

/** The environment's secrets, or the installation's own (SEC-S2: never a default, never short). */
export function applicationSecrets(environment = process.env) {
  const given = environment.NEXTAUTH_SECRET
  if (given !== undefined && (given.length < 32 || SAMPLES.test(given)))
    throw new Halt(
      'NEXTAUTH_SECRET 太短或是示例值。请去掉这个环境变量（系统会自己生成），或设为至少 32 个随机字符。',
      'NEXTAUTH_SECRET is too short or a sample. Unset it (one is made by itself), or give at least 32 random characters.',
    )
  return {
    NEXTAUTH_SECRET: given ?? keptSecret('nextauth-secret'),
    NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: environment.NEXT_SERVER_ACTIONS_ENCRYPTION_KEY ?? keptSecret('actions-key'),
    JUNHENG_MASTER_KEY: environment.JUNHENG_MASTER_KEY ?? keptSecret('master-key'),
  }
}
