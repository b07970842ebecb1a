/** One field a sheet may have a column for, with the titles people give it. */
export interface FieldSpec<F extends string> {
  field: F
  titles: readonly string[]
  /** A table without any of its key fields is another table. */
  key?: boolean
}

const LONGEST_TITLE = 80

const squeeze = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\s*※:：、,，.。_\-—/\\\u200b-\u200f\ufeff]/g, '')
    .toLowerCase()

/** A title without marks, breaks, units and remarks in brackets: `*身份证号\n（18位）` → `身份证号`. */
export function normaliseTitle(text: string): string {
  const whole = text.normalize('NFKC').replace(/\s+/g, '')
  const bare = squeeze(whole.replace(/\([^()]*\)|\[[^[\]]*\]|【[^【】]*】|〔[^〔〕]*〕/g, ''))
  return bare === '' ? squeeze(whole.replace(/[()[\]【】〔〕]/g, '')) : bare
}

/** Titles of all fields, ready to be looked up. */
export class TitleIndex<F extends string> {
  readonly #exact = new Map<string, F>()
  readonly #keys: Set<F>
  /** Data rows are tried as headers too; a roster repeats their words. Emptied before it could grow with the files. */
  readonly #found = new Map<string, { field: F; confidence: number } | null>()

  constructor(specs: readonly FieldSpec<F>[]) {
    for (const { field, titles } of specs) for (const title of titles) this.#exact.set(normaliseTitle(title), field)
    this.#keys = new Set(specs.filter((spec) => spec.key).map((spec) => spec.field))
  }

  isKey(field: F): boolean {
    return this.#keys.has(field)
  }

  /** The field a title means and how surely: whole title, or most of it. */
  find(title: string): { field: F; confidence: number } | null {
    const known = this.#found.get(title)
    if (known !== undefined) return known
    const found = title.length > LONGEST_TITLE ? null : this.#look(normaliseTitle(title))
    if (this.#found.size > 5000) this.#found.clear()
    this.#found.set(title, found)
    return found
  }

  #look(text: string): { field: F; confidence: number } | null {
    const exact = this.#exact.get(text)
    if (exact !== undefined) return { field: exact, confidence: 1 }
    let best: { field: F; confidence: number } | null = null
    for (const [known, field] of this.#exact) {
      if (known.length < 3 || !text.includes(known)) continue
      const confidence = Math.round((0.4 + (0.5 * known.length) / text.length) * 100) / 100
      if (confidence >= 0.7 && confidence > (best?.confidence ?? 0)) best = { field, confidence }
    }
    return best
  }
}
