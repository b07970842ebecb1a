/** What was done to a text to make it readable; each is reported as mended. */
export type TextMending = 'M-TRAIL' | 'W-CONTROL-CHAR' | 'M-NAME-SPACE' | 'M-FULLWIDTH'

// Zero-width, directional and control characters come with text copied from chat programs and web pages
const INVISIBLE = /(?![\t\n\r])[\p{Cc}\p{Cf}]/gu
const HAS_INVISIBLE = /(?![\t\n\r])[\p{Cc}\p{Cf}]/u
const SPACE_AT_END = /^[\s\u3000]|[\s\u3000]$/

export interface CleanText {
  text: string
  mended: TextMending[]
}

const CLEAN: TextMending[] = []

/** Removes invisible characters and spaces at the ends. Line breaks inside stay: they part several honours. */
export function cleanText(raw: string): CleanText {
  let text = raw
  let mended = CLEAN
  if (HAS_INVISIBLE.test(text)) {
    text = text.replace(INVISIBLE, '')
    mended = [...mended, 'W-CONTROL-CHAR']
  }
  if (SPACE_AT_END.test(text)) {
    const trimmed = text.trim()
    // A cell of nothing but spaces is an empty cell, not a mended one
    if (trimmed !== '') mended = [...mended, 'M-TRAIL']
    text = trimmed
  }
  return { text, mended }
}

const HAN = '\\p{Script=Han}'
const BETWEEN_HAN = new RegExp(`(?<=[${HAN}·])[\\s\\u3000]+(?=[${HAN}·])`, 'gu')

/** A name: no space between two characters (梁  平 → 梁平), one kind of dot in Mongolian and Uyghur names. */
export function cleanName(raw: string): CleanText {
  const { text, mended } = cleanText(raw)
  const dotted = text.replace(/[•・‧∙.．●]/g, '·')
  const joined = dotted.replace(BETWEEN_HAN, '')
  return { text: joined, mended: joined === dotted ? mended : [...mended, 'M-NAME-SPACE'] }
}

/** Digits, letters and signs typed full-width become half-width. */
export function halfWidth(raw: string): { text: string; changed: boolean } {
  if (!/[！-～\u3000]/.test(raw)) return { text: raw, changed: false }
  const text = raw
    .replace(/[！-～]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replaceAll('\u3000', ' ')
  return { text, changed: /[！-～]/.test(raw) }
}

const DIGITS: Record<string, number> = {
  零: 0,
  〇: 0,
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
}

/** 一 … 九十九, or digits; null otherwise. */
export function readSmallNumber(text: string): number | null {
  if (/^\d{1,2}$/.test(text)) return Number(text)
  const match = /^(?:([一二三四五六七八九])?(十))?([一二三四五六七八九])?$/.exec(text)
  if (!match || text === '') return null
  const tens = match[2] ? (match[1] ? DIGITS[match[1]]! : 1) : 0
  return tens * 10 + (match[3] ? DIGITS[match[3]]! : 0)
}

/** 是/否/√ and their like; null when it is neither. */
export function readYesNo(text: string): boolean | null {
  if (/^(是|√|✓|✔|有|y|yes|true|1|对)$/i.test(text)) return true
  if (/^(否|×|✗|✘|无|不是|没有|n|no|false|0|—|-|\/)$/i.test(text)) return false
  return null
}

/** A count without thousands separators and unit: 1,900人 → 1900. */
export const bareNumber = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[,\s]/g, '')
    .replace(/(节|人|名|个|间|年|元|㎡|平方米|m2|班)$/i, '')
