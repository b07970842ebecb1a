import type { DistrictNature } from '@/lib/platform/nature.ts'
import type { Locality, RotationForm, Sex, Stage } from '@/lib/rules/register/vocabulary.ts'
import type { CaseState } from '@/lib/rules/rotation/case-states.ts'
import type { LocalDate, YearMonth } from '@/lib/rules/values/dates.ts'
import type { CaseId, OrderId, TeacherId } from '@/lib/rules/values/ids.ts'

/** Who issues a paper, and on what day; `nature` puts 演示数据 or 演练 on every page. */
export interface Issuer {
  district: string
  bureau: string
  nature: DistrictNature
  today: LocalDate
}

export interface PaperSchool {
  id: string
  name: string
  locality: Locality
  quality: boolean
}

export interface PaperDecision {
  part: string
  side: string
  action: string
  byName: string
  role: string
  on: LocalDate
  reason: string | null
  meeting: string | null
  meetingDate: LocalDate | null
  minutesNo: string | null
}

export interface PaperOrder {
  id: OrderId
  number: string
  kind: 'transfer' | 'posting' | 'cancellation' | 'change'
  state: 'prepared' | 'issued' | 'cancelled'
  effectiveOn: LocalDate
  reportBy: LocalDate
  issuedOn: LocalDate | null
}

export interface PaperPerson {
  teacherId: TeacherId
  staffNo: string
  name: string
  sex: Sex
  /** The day where the reader may know it, else the month of birth. */
  birth: LocalDate
  age: number
  ethnic: string | null
  political: string | null
  joinedWork: LocalDate
  joinedSchool: LocalDate | null
  education: string | null
  educationAt: string | null
  degree: string | null
  title: string | null
  titleSince: YearMonth | null
  grade: number | null
  stage: Stage | null
  subject: string | null
  certificates: string[]
  honours: string[]
  backbone: string | null
  tenureMonths: number | null
  assessments: { year: number; result: string }[]
  resume: { from: LocalDate; until: LocalDate | null; school: string; what: string }[]
}

/** All a rotation's papers say about one case; read once, printed many ways. */
export interface CasePaper {
  caseId: CaseId
  number: number
  state: CaseState
  year: number
  form: RotationForm
  movesRelation: boolean
  startsOn: LocalDate
  endsOn: LocalDate | null
  isContinuing: boolean
  isBackbone: boolean
  acceptsAllocation: boolean
  source: string
  reason: string
  person: PaperPerson
  from: PaperSchool
  to: PaperSchool | null
  wishes: string[]
  decisions: PaperDecision[]
  order: PaperOrder | null
  /** Result of the posting's yearly assessments, latest first. */
  serviceResults: { year: number; result: string }[]
}
