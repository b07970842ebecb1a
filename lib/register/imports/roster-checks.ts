import { cellText } from '../../platform/workbook/sheet.ts'
import type { StaffRecord } from '../../rules/register/records.ts'
import { retirementCategory, retirementDate } from '../../rules/register/retirement.ts'
import { SEXES, TITLES } from '../../rules/register/vocabulary.ts'
import { CERTIFICATE_REACH } from '../../rules/standing/certificate.ts'
import { gradeFitsTitle } from '../../rules/standing/posts.ts'
import { ageOn, type LocalDate, monthOf, monthsBetween } from '../../rules/values/dates.ts'
import { readMonth } from './read-dates.ts'
import type { RosterField } from './roster-columns.ts'
import type { RowReader } from './row-reader.ts'

type Reader = RowReader<RosterField>

const GONE = new Set<StaffRecord['status']>(['retired', 'moved_out', 'resigned', 'deceased'])
const YOUNGEST = 18

/** What the cells of one person say about each other. */
export function checkStaffRow(row: Reader, staff: StaffRecord, statisticsDate: LocalDate): void {
  if (row.said.has('idNumber')) checkAgainstId(row, staff, statisticsDate)
  checkDates(row, staff)
  checkPost(row, staff)
  checkCertificate(row, staff)
}

/** Birth and sex come from the number (domain.md §7.1); what is typed beside it only warns. */
function checkAgainstId(row: Reader, staff: StaffRecord, statisticsDate: LocalDate): void {
  const typedSex = row.said.has('sex') ? staff.sex : null
  const sexInNumber = Number(staff.idNumber[16]) % 2 === 1 ? 'M' : 'F'
  if (typedSex && typedSex !== sexInNumber)
    row.report('sex', 'W-ID-MISMATCH', 'warning', { inId: SEXES[sexInNumber], typed: SEXES[typedSex] })
  const birth = row.value('birth')
  if (birth !== null && !(typeof birth === 'string' && birth.trim() === '')) {
    const typed = readMonth(typeof birth === 'string' ? birth.trim() : birth)
    // 1985.1 as a number may be October: it disagrees only when neither month fits
    const may = typed === null ? [] : typed.ambiguous ? [typed.month, `${typed.month.slice(0, 5)}10`] : [typed.month]
    if (!may.includes(monthOf(staff.birth)))
      row.report('birth', 'W-ID-MISMATCH', 'warning', {
        inId: monthOf(staff.birth),
        typed: typed?.month ?? cellText(birth).slice(0, 20),
      })
  }
  const age = row.value('age')
  const right = ageOn(staff.birth, statisticsDate)
  if (age !== null) {
    const typed = Number.parseInt(cellText(age), 10)
    if (typed !== right) row.report('age', 'W-AGE', 'warning', { typed: cellText(age).slice(0, 10), age: right })
  }
  row.value('teachingYears')
  checkRetirement(row, staff, statisticsDate)
}

/** R-RET-4: past the date and still listed is a warning, never a silent drop. */
function checkRetirement(row: Reader, staff: StaffRecord, statisticsDate: LocalDate): void {
  if (GONE.has(staff.status)) return
  const category = retirementCategory({ ...staff, countyRank: false, override: null })
  const date = retirementDate(staff.birth, category)
  if (date < statisticsDate)
    row.report(row.has('birth') ? 'birth' : 'idNumber', 'W-RETIRED', 'warning', { date, category })
}

function checkDates(row: Reader, staff: StaffRecord): void {
  const { said } = row
  if (
    said.has('joinedWork') &&
    said.has('idNumber') &&
    monthsBetween(monthOf(staff.birth), staff.joinedWork) < YOUNGEST * 12
  )
    row.report('joinedWork', 'E-WORK-AGE', 'error', {
      birth: monthOf(staff.birth),
      joined: staff.joinedWork,
      age: YOUNGEST,
    })
  if (said.has('joinedWork') && said.has('joinedSchool') && staff.joinedSchool < staff.joinedWork)
    row.report('joinedSchool', 'E-DATE-ORDER', 'error', { work: staff.joinedWork, school: staff.joinedSchool })
  if (staff.titleObtained && staff.titleAppointed && staff.titleAppointed < staff.titleObtained)
    row.report('titleAppointed', 'W-TITLE-ORDER', 'warning', {
      obtained: staff.titleObtained,
      appointed: staff.titleAppointed,
    })
}

function checkPost(row: Reader, staff: StaffRecord): void {
  const isWorker = staff.category === 'worker' || staff.postKind === 'worker'
  if (isWorker && staff.title !== 'none')
    row.report('title', 'W-WORKER-TITLE', 'warning', { title: TITLES[staff.title] })
  const isProfessional = staff.postKind === null || staff.postKind === 'professional'
  if (isProfessional && row.said.has('title') && !gradeFitsTitle(staff.title, staff.postGrade))
    row.report('postGrade', 'E-POST-RANGE', 'error', { title: TITLES[staff.title], grade: staff.postGrade ?? 0 })
}

function checkCertificate(row: Reader, staff: StaffRecord): void {
  const { certificateKind: kind, stage } = staff
  if (kind === null || stage === null || stage === 'R' || staff.category !== 'teacher') return
  if (!CERTIFICATE_REACH[kind].includes(stage))
    row.report('certificateKind', 'W-CERT-STAGE', 'warning', { kind, stage })
}
