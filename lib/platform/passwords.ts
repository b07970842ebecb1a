import { type Algorithm, hash, verify } from '@node-rs/argon2'
import { type Outcome, refuse } from '@/lib/rules/values/outcome.ts'

const PARAMETERS = { algorithm: 2 as Algorithm.Argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 }
const AT_ONCE = 2
const QUEUE = 20
/** A hash of nothing in particular: an unknown login must cost the same time. */
const DUMMY = '$argon2id$v=19$m=19456,t=2,p=1$FsZANIJqWfpOdnXu/6m+Ow$tLjHB0dN6s6Svchduv8pVQH52vQWrM30p8WipGgtlvM'

let running = 0
const waiting: (() => void)[] = []

async function inTurn<T>(work: () => Promise<T>): Promise<Outcome<T>> {
  if (running >= AT_ONCE) {
    if (waiting.length >= QUEUE) return refuse('platform.refusal.busy')
    await new Promise<void>((go) => waiting.push(go))
  }
  running++
  try {
    return { ok: true, value: await work() }
  } finally {
    running--
    waiting.shift()?.()
  }
}

/** argon2id hash of a password. */
export const hashPassword = (password: string): Promise<string> => hash(password, PARAMETERS)

/** Whether a password fits; at most two at once with a short queue, then `platform.refusal.busy`. */
export const verifyPassword = (stored: string | null, password: string): Promise<Outcome<boolean>> =>
  inTurn(async () => {
    const fits = await verify(stored ?? DUMMY, password, PARAMETERS)
    return stored !== null && fits
  })

/** Profile `djbh` of security.md §4.3: at least 8 characters of 3 classes; 128 at most, taken unchanged. */
export function passwordProblem(password: string, about: { login: string; name: string }): string | null {
  if (password.length > 128) return 'platform.refusal.passwordLong'
  const classes = [/[a-z]/, /[A-Z]/, /[0-9]/, /[^a-zA-Z0-9]/].filter((pattern) => pattern.test(password)).length
  if (password.length < 8 || classes < 3) return 'platform.refusal.passwordWeak'
  const lower = password.toLowerCase()
  if (lower.includes(about.login.toLowerCase()) || (about.name.length > 1 && lower.includes(about.name.toLowerCase())))
    return 'platform.refusal.passwordNamesYou'
  return null
}
