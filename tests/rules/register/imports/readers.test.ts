import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readAssessments, yearsOfTitle } from '@/lib/register/imports/read-assessments.ts'
import { readDay, readMonth } from '@/lib/register/imports/read-dates.ts'
import { readHonours } from '@/lib/register/imports/read-honours.ts'
import { readIdCell } from '@/lib/register/imports/read-id.ts'
import { readPostGrade } from '@/lib/register/imports/read-post-grade.ts'
import { cleanName, cleanText } from '@/lib/register/imports/read-text.ts'
import { SchoolFinder } from '@/lib/register/imports/school-names.ts'
import { SUBJECT_WORDS, TITLE_WORDS } from '@/lib/register/imports/words.ts'
import { idCheckCharacter, readIdNumber } from '@/lib/rules/register/id-number.ts'
import { dayOf, toDayNumber } from '@/lib/rules/values/dates.ts'

const year = fc.integer({ min: 1930, max: 2099 })
const monthNumber = fc.integer({ min: 1, max: 12 })
const two = (n: number) => String(n).padStart(2, '0')

describe('R-IMP-1 months as clerks write them', () => {
  test('every way of writing a month reads as that month', () =>
    fc.assert(
      fc.property(year, monthNumber, (y, m) => {
        const wanted = `${y}-${two(m)}`
        const ways = [
          `${y}.${m}`,
          `${y}.${two(m)}`,
          `${y}-${m}`,
          `${y}-${two(m)}`,
          `${y}/${m}`,
          `${y}年${m}月`,
          `${y}年${two(m)}月`,
          `${y}${two(m)}`,
          `${y}年 ${m} 月`,
          `${y}．${two(m)}`,
        ]
        for (const text of ways) expect(readMonth(text), text).toEqual({ month: wanted, ambiguous: false })
        expect(readMonth(y * 100 + m)).toEqual({ month: wanted, ambiguous: false })
        expect(readMonth({ kind: 'decimal', value: y + m / 100, decimals: 2 })).toEqual({
          month: wanted,
          ambiguous: false,
        })
      }),
    ))

  test('a number 2012.3 is March, 2012.11 November, 2012.01 January; only .1 is ambiguous', () =>
    fc.assert(
      fc.property(year, monthNumber, (y, m) => {
        expect(readMonth(Number(`${y}.${two(m)}`))?.month).toBe(m === 10 ? `${y}-01` : `${y}-${two(m)}`)
        if (m < 10) expect(readMonth(Number(`${y}.${m}`))).toEqual({ month: `${y}-${two(m)}`, ambiguous: m === 1 })
      }),
    ))

  test('serial numbers and days read as their month, and no text of a day that is none is read', () =>
    fc.assert(
      fc.property(year, fc.integer({ min: 1, max: 13 }), fc.integer({ min: 1, max: 32 }), (y, m, d) => {
        const day = dayOf(y, m, d)
        const text = `${y}-${two(m)}-${two(d)}`
        expect(readMonth(text)?.month ?? null).toBe(day === null ? null : text.slice(0, 7))
        expect(readDay(text)?.day ?? null).toBe(day)
        if (day !== null) expect(readMonth(toDayNumber(day) + 25569)?.month).toBe(text.slice(0, 7))
      }),
    ))

  test.each(['2010.00', '2015年13月', '2019-02-31', '1985', '198513', '去年', '85.3', '', '2012.100', '20190231'])(
    '“%s” is no month',
    (text) => expect(readMonth(text)).toBeNull(),
  )

  test('a month where a day is asked for is its first day, and said', () => {
    expect(readDay('2026年9月')).toEqual({ day: '2026-09-01', monthOnly: true })
    expect(readDay('2026年9月8日')).toEqual({ day: '2026-09-08', monthOnly: false })
    expect(readDay(2012.1)).toBeNull()
  })
})

describe('domain §7.1 ID numbers', () => {
  test.each([
    '34052419800101001X',
    '150699198503121239',
    '150699197203152469',
    '150699196610313114',
    '150699199011076683',
    '150699200002291029',
  ])('published vector %s', (text) => expect(readIdNumber(text)).toMatchObject({ ok: true, value: { text } }))

  test.each([
    ['150699810802034', 'E-ID-15'],
    ['150699197O05111963', 'E-ID-CHARS'],
    ['15069919850420830', 'E-ID-LENGTH'],
    ['15069919780230871X', 'E-ID-DATE'],
    ['150699189912311234', 'E-ID-DATE'],
    ['15069919751021807X', 'E-ID-CHECKSUM'],
    ['', 'E-ID-LENGTH'],
  ])('%s is refused as %s', (text, fault) => expect(readIdNumber(text)).toMatchObject({ ok: false, fault }))

  test('one wrong digit never passes, and one exchange of neighbours is recognised', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 999 }),
        fc.integer({ min: 0, max: 16 }),
        fc.integer({ min: 1, max: 9 }),
        (n, at, add) => {
          const first = `15069919850312${String(n).padStart(3, '0')}`
          const good = first + idCheckCharacter(first)
          const digit = (Number(good[at]) + add) % 10
          expect(readIdNumber(good).ok).toBe(true)
          expect(readIdNumber(good.slice(0, at) + digit + good.slice(at + 1)).ok).toBe(false)
        },
      ),
    ))

  test('what is mended is said', () => {
    expect(readIdCell(' 150699 19920830 626x')).toMatchObject({
      kind: 'number',
      value: { text: '15069919920830626X', sex: 'F' },
      mended: ['M-TRAIL', 'M-ID-SPACE', 'M-ID-X'],
    })
    expect(readIdCell('１５０６９９１９８８０６２２８３６７')).toMatchObject({
      kind: 'number',
      mended: ['M-FULLWIDTH'],
    })
    expect(readIdCell(150699197304178000)).toEqual({ kind: 'lost' })
    expect(readIdCell('1.50699E+17')).toEqual({ kind: 'lost' })
    expect(readIdCell(150699810802034)).toMatchObject({ kind: 'fault', fault: { fault: 'E-ID-15' } })
  })
})

describe('R-IMP-1 words, names, honours, assessments, schools', () => {
  test.each([
    ['小学高级', 'first', 'old'],
    ['中学高级教师', 'senior', 'old'],
    ['小学一级', 'second', 'old'],
    ['一级', 'first', 'short'],
    ['正高级教师', 'full_senior', 'term'],
    ['未评职称', 'none', 'short'],
  ])('title %s', (text, value, form) => expect(TITLE_WORDS.read(text)).toMatchObject({ value, form }))

  test.each([
    ['品德', 'MORAL'],
    ['政治', 'MORAL'],
    ['生物', 'BIO'],
    ['信息技术', 'IT'],
    ['综合实践活动', 'LAB'],
  ])('subject %s', (text, value) => expect(SUBJECT_WORDS.read(text)?.value).toBe(value))
  test('two subjects in one cell are none', () => expect(SUBJECT_WORDS.read('数语')).toBeNull())

  test('names keep the dot and lose the space between characters', () => {
    expect(cleanName('梁  平')).toEqual({ text: '梁平', mended: ['M-NAME-SPACE'] })
    expect(cleanName('吉日木•乌尼尔')).toEqual({ text: '吉日木·乌尼尔', mended: [] })
    expect(cleanName('张霞\u200b ')).toEqual({ text: '张霞', mended: ['W-CONTROL-CHAR', 'M-TRAIL'] })
    expect(cleanName('John Smith')).toEqual({ text: 'John Smith', mended: [] })
    expect(cleanText('   ')).toEqual({ text: '', mended: [] })
  })

  test.each([
    ['8', 8],
    ['八级', 8],
    ['专业技术十二级', 12],
    ['专技十级', 10],
    ['管理七级', 7],
    ['8级', 8],
  ])('post grade %s', (text, grade) => expect(readPostGrade(text)?.grade).toBe(grade))
  test.each(['十四级', '零级', '高级', '0'])('post grade %s is none', (text) => expect(readPostGrade(text)).toBeNull())

  test('several honours of a cell take the dates of the next one in order', () => {
    expect(readHonours('市级教学能手；区级骨干教师\n校级名师', '2023.09；2021年12月\n202006')).toMatchObject({
      honours: [
        { kind: 'teaching_expert', level: 'city', awarded: '2023-09' },
        { kind: 'backbone', level: 'county', awarded: '2021-12' },
        { kind: 'famous', level: 'school', awarded: '2020-06' },
      ],
      withoutDate: [],
    })
    expect(readHonours('骨干教师、区级师德标兵、市级学科带头人', null)).toMatchObject({
      honours: [{ kind: 'subject_leader', level: 'city', awarded: null }],
      withoutLevel: ['骨干教师'],
      unknown: ['区级师德标兵'],
      withoutDate: ['市级学科带头人'],
    })
    expect(readHonours('区级骨干教师（2022.05）', null).honours).toEqual([
      { kind: 'backbone', level: 'county', awarded: '2022-05' },
    ])
  })

  test('assessments by the years of the title, or by their own', () => {
    const years = yearsOfTitle('年度考核\n（近三年：2023、2024、2025）', 2026)
    expect(years).toEqual([2023, 2024, 2025])
    expect(yearsOfTitle('近三年考核（2023-2025年）', 2026)).toEqual([2023, 2024, 2025])
    expect(yearsOfTitle('年度考核', 2026)).toEqual([2023, 2024, 2025])
    expect(readAssessments('合格/—/优秀', years)).toEqual([
      { year: 2023, result: 'pass' },
      { year: 2025, result: 'excellent' },
    ])
    expect(readAssessments('2023合格，2025不定等次', years)).toEqual([
      { year: 2023, result: 'pass' },
      { year: 2025, result: 'ungraded' },
    ])
    expect(readAssessments('合格', years)).toBeNull()
    expect(readAssessments('—', years)).toEqual([])
  })

  test('schools by name, short name, alias and branch; a part of a name is none', () => {
    const finder = new SchoolFinder([
      { name: '第五小学', shortName: '五小', aliases: [], branchOf: null },
      { name: '第五小学分校塔拉壕小学', shortName: '塔拉壕小学', aliases: ['塔小'], branchOf: '第五小学' },
      { name: '第十二小学', shortName: null, aliases: [], branchOf: null },
    ])
    for (const text of ['五小塔拉壕分校', '第五小学塔拉壕分校', '塔拉壕小学', '塔小', '第五小学分校（塔拉壕小学）'])
      expect(finder.find(text)?.name, text).toBe('第五小学分校塔拉壕小学')
    for (const text of ['第12小学', '东胜区第十二小学', '第 十二 小学', '鄂尔多斯市东胜区第十二小学'])
      expect(finder.find(text)?.name, text).toBe('第十二小学')
    for (const text of ['塔拉壕', '第三十九小学', '小学', '']) expect(finder.find(text), text).toBeNull()
    expect(finder.suggest('塔拉壕')).toEqual(['第五小学分校塔拉壕小学'])
  })
})
