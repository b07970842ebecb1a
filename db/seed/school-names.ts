/** School names of the model district, used for structure only, and the same shape for the invented ones. */
export interface SchoolName {
  name: string
  shortName: string
  aliases: string[]
  branchOf: string | null
  group: string | null
}

const DIGITS = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九']
/** 1–99 in Chinese: 十一, 二十, 二十二. */
export function chineseNumber(n: number): string {
  const tens = Math.floor(n / 10)
  const head = tens === 0 ? '' : tens === 1 ? '十' : `${DIGITS[tens]}十`
  return head + DIGITS[n % 10]!
}

const TOWNS: readonly [near: string, far: string][] = [
  ['罕台镇', '泊尔江海子镇'],
  ['沙柳镇', '乌兰陶勒镇'],
  ['铜匠川镇', '巴音布拉格镇'],
  ['榆树壕镇', '查干诺尔镇'],
]
const BRANCHES: readonly [first: string, second: string][] = [
  ['万利', '塔拉壕'],
  ['柳沟', '西召'],
  ['石圪台', '羊场壕'],
  ['青达门', '敖包梁'],
]

const plain = (name: string, shortName: string, aliases: string[] = []): SchoolName => ({
  name,
  shortName,
  aliases,
  branchOf: null,
  group: null,
})

/** The fifty names in the plan's order of groups A, B, C, D, E, F1–F3, G, H, I, K. */
export function schoolNames(index: number, districtName: string): SchoolName[] {
  const [near, far] = TOWNS[index % TOWNS.length]!
  const [first, second] = BRANCHES[index % BRANCHES.length]!
  const primary = (n: number) => plain(`第${chineseNumber(n)}小学`, `${chineseNumber(n)}小`)
  const junior = (n: number) => plain(`第${chineseNumber(n)}中学`, `${chineseNumber(n)}中`)
  const nineYear = (n: number) => plain(`第${chineseNumber(n)}学校`, `${chineseNumber(n)}校`)
  const branch = (of: string, at: string): SchoolName => ({
    name: `第${of}小学分校${at}小学`,
    shortName: `${at}小学`,
    aliases: [of === '一' ? `${of}小${at}分校` : `${of}小${at}分校`],
    branchOf: `第${of}小学`,
    group: `第${of}小学教育集团`,
  })
  const inTown = (town: string, n: number) =>
    plain(
      `${town}第${chineseNumber(n)}小学`,
      `${town.slice(0, town.length > 3 ? 1 : 2)}${town.length > 3 ? '镇' : ''}${chineseNumber(n)}小`,
    )
  const span = <T>(from: number, to: number, of: (n: number) => T): T[] =>
    Array.from({ length: to - from + 1 }, (_, i) => of(from + i))
  const names = [
    ...span(1, 10, primary),
    plain('实验小学', '实小'),
    plain('区一中', '一中', ['第一中学', `${districtName}一中`]),
    ...[2, 3, 5, 6, 14].map(junior),
    ...span(1, 4, nineYear),
    ...span(11, 22, primary),
    branch('一', first),
    branch('五', second),
    inTown(near, 1),
    inTown(near, 2),
    ...span(1, 3, (n) => inTown(far, n)),
    ...span(7, 11, junior),
    ...span(12, 13, junior),
    ...span(5, 7, nineYear),
  ]
  return names.map((entry) => ({ ...entry, group: entry.group ?? GROUP_OF[entry.name] ?? null }))
}

/** Core and member schools of the education groups; branches name theirs themselves. */
const GROUP_OF: Record<string, string> = {
  第一小学: '第一小学教育集团',
  第五小学: '第五小学教育集团',
  第七小学: '第七小学教育集团',
  第十二小学: '第七小学教育集团',
  区一中: '区一中教育集团',
  第七中学: '区一中教育集团',
}
