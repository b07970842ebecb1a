import type { StaffRecord } from '../../rules/register/records.ts'
import { TITLES } from '../../rules/register/vocabulary.ts'
import { yearOf } from '../../rules/values/dates.ts'
import { readEthnic, readPolitical } from './named-terms.ts'
import type { ImportContext } from './parsed.ts'
import { readIdOf } from './person-id.ts'
import { readPostGrade } from './read-post-grade.ts'
import { cleanName } from './read-text.ts'
import { readAssessmentCell, readCertificateNo, readHonourCells, readPhone } from './roster-cells.ts'
import type { RosterField } from './roster-columns.ts'
import type { RowReader } from './row-reader.ts'
import type { SchoolFinder } from './school-names.ts'
import * as words from './words.ts'

type Reader = RowReader<RosterField>

const NO_POST = /^(无|未定级?|未定等级?|未聘|见习期?|试用期?|—|-|\/)$/

/** Reads the cells of one person. The result is whole only when the reader has no failed field. */
export function readStaffRow(
  row: Reader,
  at: { school: string | null; finder: SchoolFinder; context: ImportContext },
): StaffRecord {
  const { finder, context } = at
  const school = readSchool(row, finder, at.school)
  const name = row.text('name', cleanName) ?? ''
  const sex = row.word('sex', words.SEX_WORDS, { unknown: 'E-SEX' })
  const id = readIdOf(row)
  if (id && !id.knownArea) row.report('idNumber', 'W-ID-AREA', 'warning', { area: id.text.slice(0, 6) })
  const post = readPost(row)
  const form = readForm(row)
  const category = row.word('category', words.CATEGORY_WORDS, { unknown: 'E-CATEGORY' })
  const postKind =
    row.word('postKind', words.POST_KIND_WORDS, { unknown: 'W-POST-KIND', severity: 'warning' }) ?? post?.kind ?? null
  const title = readTitle(row)
  const dates = {
    joinedParty: row.month('joinedParty'),
    joinedWork: row.month('joinedWork'),
    joinedSchool: row.month('joinedSchool'),
    postSince: row.month('postSince'),
    titleObtained: row.month('titleObtained'),
    titleAppointed: row.month('titleAppointed'),
  }
  const status = row.word('status', words.STATUS_WORDS, { unknown: 'E-STATUS' })
  return {
    school,
    staffNo: row.text('staffNo'),
    name,
    sex: sex ?? id?.sex ?? 'M',
    idNumber: id?.text ?? '',
    birth: id?.birth ?? context.statisticsDate,
    ethnic: readNamed(row, 'ethnic', readEthnic, 'M-ETHNIC', 'W-ETHNIC'),
    nativePlace: row.text('nativePlace'),
    political: readNamed(row, 'political', readPolitical, 'M-POLITICAL', 'W-POLITICAL'),
    joinedParty: dates.joinedParty,
    joinedWork: dates.joinedWork ?? monthPlaceholder(context),
    joinedSchool: dates.joinedSchool ?? monthPlaceholder(context),
    firstEducation: row.word('firstEducation', words.EDUCATION_WORDS, { unknown: 'W-EDUCATION', severity: 'warning' }),
    firstEducationAt: row.text('firstEducationAt'),
    highestEducation: row.word('highestEducation', words.EDUCATION_WORDS, {
      unknown: 'W-EDUCATION',
      severity: 'warning',
    }),
    highestEducationAt: row.text('highestEducationAt'),
    degree: row.text('degree'),
    form: form ?? 'in',
    category: category ?? 'teacher',
    postKind,
    postGrade: post?.grade ?? null,
    postSince: dates.postSince,
    title,
    titleObtained: dates.titleObtained,
    titleAppointed: dates.titleAppointed,
    duty: row.text('duty'),
    stage: row.word('stage', words.STAGE_WORDS, { unknown: 'E-STAGE' }),
    subject: row.word('subject', words.SUBJECT_WORDS, { unknown: 'E-SUBJECT', old: 'M-OLD-SUBJECT' }),
    periods: row.whole('periods', 0, 60),
    isClassTeacher: row.yesNo('isClassTeacher'),
    certificateKind: row.word('certificateKind', words.CERTIFICATE_WORDS, {
      unknown: 'W-CERT-KIND',
      severity: 'warning',
    }),
    certificateSubject: row.text('certificateSubject'),
    certificateNo: readCertificateNo(row),
    putonghua: row.text('putonghua'),
    honours: readHonourCells(row),
    assessments: readAssessmentCell(row, yearOf(context.statisticsDate)),
    workSchool: readWorkSchool(row, finder) ?? school,
    status: status ?? 'on_post',
    phone: readPhone(row),
    note: row.text('note'),
  }
}

/** Stands in a record only where the row is refused or the field not said. */
const monthPlaceholder = (context: ImportContext) => context.statisticsDate.slice(0, 7) as StaffRecord['joinedWork']

function readSchool(row: Reader, finder: SchoolFinder, fallback: string | null): string {
  const text = row.text('school')
  if (text === null) {
    if (fallback !== null && !row.failed.has('school')) row.said.add('school')
    return fallback ?? ''
  }
  const school = finder.find(text)
  if (school) {
    if (school.name !== text) row.report('school', 'M-SCHOOL', 'mended', {}, school.name)
    return school.name
  }
  row.report('school', 'E-SCHOOL-UNKNOWN', 'error', {
    value: text.slice(0, 40),
    suggestions: finder.suggest(text).join('、'),
  })
  return ''
}

function readWorkSchool(row: Reader, finder: SchoolFinder): string | null {
  const text = row.text('workSchool')
  if (text === null) return null
  const school = finder.find(text)
  if (school) {
    if (school.name !== text) row.report('workSchool', 'M-SCHOOL', 'mended', {}, school.name)
    return school.name
  }
  // A seconded person may work where no school is: told, and the own school kept
  row.said.delete('workSchool')
  row.report('workSchool', 'W-WORK-SCHOOL', 'warning', {
    value: text.slice(0, 40),
    suggestions: finder.suggest(text).join('、'),
  })
  return null
}

function readPost(row: Reader) {
  const text = row.text('postGrade')
  if (text === null) return null
  if (!NO_POST.test(text)) {
    const post = readPostGrade(text)
    if (post) return post
    row.report('postGrade', 'W-POST-GRADE', 'warning', { value: text.slice(0, 40) })
  }
  row.said.delete('postGrade')
  return null
}

/** 编制性质 or, without it, 是否在编: a plain 否 does not say which other form it is. */
function readForm(row: Reader) {
  const form = row.word('form', words.FORM_WORDS, { unknown: 'E-FORM' })
  const inside = row.yesNo('inEstablishment')
  if (form !== null || inside === null) return form
  if (inside) row.said.add('form')
  else if (!row.failed.has('form'))
    row.report(row.has('form') ? 'form' : 'inEstablishment', 'E-FORM', 'error', { value: '否' })
  return inside ? ('in' as const) : null
}

function readTitle(row: Reader): StaffRecord['title'] {
  const text = row.text('title')
  if (text === null) return 'none'
  const word = words.TITLE_WORDS.read(text)
  if (word) {
    if (word.form === 'old') row.report('title', 'M-OLD-TITLE', 'mended', {}, TITLES[word.value])
    if (word.form === 'short') row.report('title', 'M-TERM', 'mended', {}, word.term)
    return word.value
  }
  // 会计师, 馆员 and other series have no place in a teacher's title
  row.said.delete('title')
  row.report('title', 'W-TITLE', 'warning', { value: text.slice(0, 40) })
  return 'none'
}

type NamedReader = (text: string) => { term: string; short: boolean } | null

function readNamed(
  row: Reader,
  field: 'ethnic' | 'political',
  read: NamedReader,
  short: string,
  unknown: string,
): string | null {
  const text = row.text(field)
  if (text === null) return null
  const named = read(text)
  if (named?.short) row.report(field, short, 'mended', {}, named.term)
  if (!named) row.report(field, unknown, 'warning', { value: text.slice(0, 40) })
  return named?.term ?? text
}
