import type { SchoolRecord } from '../../rules/register/records.ts'

/** What a school is called; enough to recognise it in a cell. */
export type KnownSchool = Pick<SchoolRecord, 'name' | 'shortName' | 'aliases' | 'branchOf'> & { code?: string }

const DIGITS = '零一二三四五六七八九'

/** 第12小学 is 第十二小学. */
const numeral = (digits: string): string => {
  const n = Number(digits)
  if (n < 10) return DIGITS[n]!
  const tens = Math.floor(n / 10)
  return `${tens > 1 ? DIGITS[tens] : ''}十${n % 10 ? DIGITS[n % 10] : ''}`
}

const squeeze = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\s\u200b-\u200f\ufeff（）()“”"'·、\-—]/g, '')
    .replace(/\d{1,2}/g, numeral)

/** 鄂尔多斯市东胜区第一小学 is 第一小学 in its own district. */
const withoutPlace = (text: string): string =>
  text.replace(/^(.{2,8}?自治区)?(.{2,6}?[市盟州])?(.{1,5}?[区县旗市])(?=.{3,})/, '')

/** Ways people call a branch: 第五小学分校塔拉壕小学 is 五小塔拉壕分校, 第五小学塔拉壕分校, 塔拉壕分校. */
function branchNames(school: KnownSchool, main: KnownSchool | undefined): string[] {
  if (!school.branchOf) return []
  const own = school.name.replace(school.branchOf, '').replace(/^分校|分校$/g, '')
  const place = own.replace(/(小学|中学|学校)$/, '')
  if (place === '' || own === school.name) return []
  const heads = [school.branchOf, main?.shortName ?? '', ...(main?.aliases ?? [])].filter((head) => head !== '')
  return heads
    .flatMap((head) => [
      `${head}${place}分校`,
      `${head}分校${place}`,
      `${head}分校${own}`,
      `${head}${own}`,
      `${head}${place}校区`,
    ])
    .concat(`${place}分校`, own)
}

/** Finds a school by name, short name, alias or a usual variant. A name that two schools could bear finds none. */
export class SchoolFinder {
  readonly #names = new Map<string, KnownSchool | 'several'>()
  readonly #found = new Map<string, KnownSchool | null>()
  readonly #schools: readonly KnownSchool[]

  constructor(schools: readonly KnownSchool[]) {
    this.#schools = schools
    const byName = new Map(schools.map((school) => [school.name, school]))
    // Own names first: a variant never takes a name away from the school that bears it
    for (const school of schools) this.#names.set(squeeze(school.name), school)
    const own = new Set(this.#names.keys())
    const call = (name: string, school: KnownSchool) => {
      const key = squeeze(name)
      if (key === '' || own.has(key)) return
      const other = this.#names.get(key)
      this.#names.set(key, other === undefined || other === school ? school : 'several')
    }
    for (const school of schools) for (const name of [school.shortName ?? '', ...school.aliases]) call(name, school)
    for (const school of schools)
      for (const name of branchNames(school, byName.get(school.branchOf ?? ''))) call(name, school)
  }

  find(text: string): KnownSchool | null {
    const known = this.#found.get(text)
    if (known !== undefined) return known
    const key = squeeze(text)
    const hit = this.#names.get(key) ?? this.#names.get(withoutPlace(key)) ?? null
    const school = hit === 'several' ? null : hit
    this.#found.set(text, school)
    return school
  }

  /** Up to three schools whose name has the text in it, to offer beside 找不到. */
  suggest(text: string): string[] {
    const key = squeeze(text)
    if (key.length < 2) return []
    return this.#schools
      .filter(({ name }) => squeeze(name).includes(key))
      .slice(0, 3)
      .map(({ name }) => name)
  }
}
