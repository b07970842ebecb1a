/**
 * RFC 8785 text of a plain value: sorted keys, NFC text, whole numbers only. Both the audit chain and payload
 * hashes of two-person operations stand on it. Throws TypeError on anything that has no one canonical form.
 */
export function canonicalJson(value: unknown): string {
  if (value === null) return 'null'
  if (typeof value === 'boolean') return value ? 'true' : 'false'
  if (typeof value === 'string') return JSON.stringify(value.normalize('NFC'))
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new TypeError('only whole numbers have a canonical form here')
    return String(value)
  }
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(',')}]`
  if (typeof value === 'object') {
    const entries = Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
    return `{${entries.map(([key, item]) => `${JSON.stringify(key.normalize('NFC'))}:${canonicalJson(item)}`).join(',')}}`
  }
  throw new TypeError(`no canonical form of a ${typeof value}`)
}
