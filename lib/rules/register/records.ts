/**
 * Plain records as one row of a bureau's workbook says them, after reading and mending.
 * The demo generator writes them, the import reads them, one function stores them.
 */
import type { LocalDate, YearMonth } from '../values/dates.ts'
import type {
  AssessmentResult,
  Category,
  CertificateKind,
  DisciplineKind,
  EducationLevel,
  EmploymentForm,
  HonourKind,
  HonourLevel,
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
} from './vocabulary.ts'

/** Resources of one stage of a school, whole units (m², yuan, rooms). */
export interface StageResources {
  teachingArea: number | null
  sportsArea: number | null
  equipmentValue: number | null
  networkedRooms: number | null
}

export interface SchoolRecord {
  /** 学校标识码, 10 digits. */
  code: string
  name: string
  shortName: string | null
  aliases: string[]
  kind: SchoolKind
  /** 办学类型代码. */
  typeCode: string | null
  /** 城乡分类代码. */
  localityCode: string | null
  locality: Locality
  quality: boolean
  zone: string | null
  /** 教育集团 name. */
  group: string | null
  /** Name of the school this one is a branch of. */
  branchOf: string | null
  foundedYear: number | null
  pupils: { P: number; J: number }
  /** Classes of grades 1–9; index 0 is grade 1. */
  classes: number[]
  /** 核定编制, approved posts. */
  establishment: number | null
  /** 学位. */
  seats: number | null
  oneSchoolOnePlan: boolean
  addedSeats: number | null
  interactive: boolean
  pairedSchool: string | null
  pairedClasses: number | null
  smartCampus: boolean
  resources: { P: StageResources | null; J: StageResources | null }
  /** Plane coordinates, km from the bureau, east and north positive. */
  position: { x: number; y: number } | null
}

export interface HonourRecord {
  kind: HonourKind
  level: HonourLevel
  awarded: YearMonth | null
}

export interface StaffRecord {
  school: string
  staffNo: string | null
  name: string
  sex: Sex
  /** 18 characters, upper-case X. */
  idNumber: string
  /** From the ID number. */
  birth: LocalDate
  ethnic: string | null
  nativePlace: string | null
  political: string | null
  joinedParty: YearMonth | null
  joinedWork: YearMonth
  joinedSchool: YearMonth
  firstEducation: EducationLevel | null
  firstEducationAt: string | null
  highestEducation: EducationLevel | null
  highestEducationAt: string | null
  degree: string | null
  form: EmploymentForm
  category: Category
  postKind: PostKind | null
  postGrade: number | null
  postSince: YearMonth | null
  title: Title
  titleObtained: YearMonth | null
  titleAppointed: YearMonth | null
  duty: string | null
  stage: Stage | null
  subject: Subject | null
  periods: number | null
  isClassTeacher: boolean | null
  certificateKind: CertificateKind | null
  certificateSubject: string | null
  certificateNo: string | null
  putonghua: string | null
  honours: HonourRecord[]
  assessments: { year: number; result: AssessmentResult }[]
  /** 现任教单位; equals `school` unless posted elsewhere. */
  workSchool: string
  status: Status
  phone: string | null
  note: string | null
}

/** One line of 交流轮岗记录. `end` is a month: the posting's last. */
export interface RotationRecord {
  name: string
  idNumber: string
  relationSchool: string
  form: RotationForm
  movesRelation: boolean
  fromSchool: string
  toSchool: string
  start: YearMonth
  end: YearMonth | null
  /** 计划期满: the end lies ahead. */
  planned: boolean
  note: string | null
}

export interface LeaveRecord {
  name: string
  idNumber: string
  school: string
  kind: LeaveKind
  start: LocalDate | null
  end: LocalDate | null
  childBirth: LocalDate | null
}

export interface DisciplineRecord {
  name: string
  idNumber: string
  school: string
  kind: DisciplineKind
  start: LocalDate
  end: LocalDate | null
}

/** Everything a district's workbooks say, as of the statistics date. */
export interface DistrictRecords {
  statisticsDate: LocalDate
  schools: SchoolRecord[]
  staff: StaffRecord[]
  rotations: RotationRecord[]
  leaves: LeaveRecord[]
  disciplines: DisciplineRecord[]
}
