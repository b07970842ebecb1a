/**
 * What the rules need to know of one teacher: plain data, whole history, no database.
 * Periods are half-open. What lies after the snapshot may be present; rules look only at what holds on their day.
 */
import type { RetirementCategory } from '../register/retirement.ts'
import type { SchoolStay } from '../register/tenure.ts'
import type {
  AssessmentResult,
  Category,
  DisciplineKind,
  EmploymentForm,
  LeaveKind,
  Locality,
  PostKind,
  RotationForm,
  SchoolKind,
  Sex,
  Stage,
  Status,
  Subject,
  Title,
} from '../register/vocabulary.ts'
import type { Honour } from '../standing/backbone.ts'
import type { LocalDate, Period, YearMonth } from '../values/dates.ts'
import type { OtherForm } from './forms.ts'

/** The school of the personnel relation. */
export interface SchoolFacts {
  id: string
  kind: SchoolKind
  locality: Locality
  quality: boolean
  zone: string | null
  isPublic: boolean
}

export interface TitleFact {
  title: Title
  obtained: YearMonth | null
  appointed: YearMonth | null
}

/** Absence of any kind with known days; `from: null` = since before the register began. */
export interface AbsenceFact {
  kind: Exclude<LeaveKind, 'birth'>
  from: LocalDate | null
  until: LocalDate | null
  /** Disability grade where known. */
  grade: number | null
}

export interface DisciplineFact extends Period {
  kind: DisciplineKind
}

/** A rotation served, running or ordered. */
export interface PostingFact extends Period {
  form: RotationForm
  other: OtherForm | null
  movesRelation: boolean
  fromSchool: string
  toSchool: string
  /** Day of the order where known; else the posting's first day stands for it. */
  orderedOn: LocalDate | null
  periodsPerWeek: number | null
}

/** A deferral or exemption the bureau has decided, with its minutes. */
export interface DecidedExemption extends Period {
  rule: 'R-ELIG-6' | 'R-ELIG-7' | 'R-ELIG-8' | 'R-ELIG-10' | 'R-ELIG-12'
  state: 'deferred' | 'exempt'
  /** 文号 or minutes number. */
  document: string | null
}

export interface TeacherFacts {
  id: string
  sex: Sex
  birth: LocalDate
  form: EmploymentForm
  category: Category
  postKind: PostKind | null
  stage: Stage | null
  subject: Subject | null
  /** 行政职务, as written. */
  duty: string | null
  /** 县处级及以上. */
  countyRank: boolean
  status: Status
  school: SchoolFacts
  /** Service by personnel relation, one entry a school. */
  stays: SchoolStay[]
  titles: TitleFact[]
  honours: Honour[]
  absences: AbsenceFact[]
  /** Birth dates of children; only a mother's count (R-ELIG-6). */
  births: LocalDate[]
  disciplines: DisciplineFact[]
  assessments: { year: number; result: AssessmentResult }[]
  postings: PostingFact[]
  exemptions: DecidedExemption[]
  retirement: {
    override: RetirementCategory | null
    /** Own date on file: 申请退 or 弹性退休选择. */
    choice: LocalDate | null
  }
  /** First day after probation or first-job service period (R-ELIG-9). */
  bondUntil: LocalDate | null
}

/** What most heads are called; a form begins with it. */
export const HEAD_DUTY = '校长'

/** A principal 校长: a 行政职务 with 校长 or 园长 that is not 副… (R-QUOTA-1). An assistant to one is none. */
export const isPrincipalDuty = (duty: string | null): boolean =>
  duty !== null && /(?:^|[^副])(?:校长|园长)(?!助理)/.test(duty)

/** Titles that can be appointed, lowest first. */
const TITLE_ORDER: readonly Title[] = ['none', 'third', 'second', 'first', 'senior', 'full_senior']

/** Highest title on a day, by appointment or as held (R-RET-3 setting `seniorTitleBy`). */
export function titleOn(titles: readonly TitleFact[], on: LocalDate, by: 'appointed' | 'held'): Title {
  let best: Title = 'none'
  for (const fact of titles) {
    const since = by === 'appointed' ? fact.appointed : (fact.obtained ?? fact.appointed)
    if (since !== null && since <= on.slice(0, 7) && TITLE_ORDER.indexOf(fact.title) > TITLE_ORDER.indexOf(best))
      best = fact.title
  }
  return best
}
