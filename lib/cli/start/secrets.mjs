import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { Halt } from './halt.mjs'
import { inData } from './places.mjs'

/** Write a file only its owner may read. */
export function writePrivate(file, text) {
  writeFileSync(file, text, { mode: 0o600 })
}

const BYTES = 32

/** The secret kept in `.data/<name>`, made at the first start. `flag: 'wx'`: two starts at once keep one secret. */
function keptSecret(name, encoding) {
  const file = inData(name)
  if (!existsSync(file)) {
    try {
      writeFileSync(file, randomBytes(BYTES).toString(encoding), { mode: 0o600, flag: 'wx' })
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
    }
  }
  const secret = readFileSync(file, 'utf8').trim()
  if (Buffer.from(secret, encoding).length === BYTES) return secret
  throw new Halt(
    `密钥文件 ${file} 已损坏。若有备份请恢复它；主密钥丢失后，已加密的证件号码无法读出。`,
    `The key file ${file} is damaged. Restore it from a backup: without the master key the encrypted ID numbers cannot be read.`,
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
  const master = environment.JUNHENG_MASTER_KEY
  if (master !== undefined && !/^[0-9a-f]{64}$/.test(master))
    throw new Halt(
      'JUNHENG_MASTER_KEY 应为 64 位十六进制小写字符（32 字节）。',
      'JUNHENG_MASTER_KEY must be 64 lower-case hexadecimal digits (32 bytes).',
    )
  return {
    NEXTAUTH_SECRET: given ?? keptSecret('nextauth-secret', 'hex'),
    // Next reads this one as base64
    NEXT_SERVER_ACTIONS_ENCRYPTION_KEY:
      environment.NEXT_SERVER_ACTIONS_ENCRYPTION_KEY ?? keptSecret('actions-key', 'base64'),
    JUNHENG_MASTER_KEY: master ?? keptSecret('master-key', 'hex'),
  }
}
