/** Faults of titles, grades, categories, subjects and certificates. */
import { type Fault, fault, isTeacher, put } from './fault.ts'

const WRONG_GRADE: Record<string, number> = { second: 9, first: 6, senior: 12 }

export const POST_FAULTS: Fault[] = [
  fault(
    'error',
    'E-POST-RANGE',
    'postGrade',
    3,
    put('postGrade', ({ person }) => WRONG_GRADE[person.title] ?? 1, '岗位等级与职称不符'),
    (p) => isTeacher(p) && p.title in WRONG_GRADE,
  ),
  fault(
    'mended',
    'M-OLD-TITLE',
    'title',
    1,
    put('title', () => '小学高级', '小学高级 → 一级教师'),
    (p) => p.title === 'first',
  ),
  fault(
    'mended',
    'M-OLD-TITLE',
    'title',
    1,
    put('title', () => '中学高级教师', '中学高级教师 → 高级教师'),
    (p) => p.title === 'senior',
  ),
  fault(
    'warning',
    'W-WORKER-TITLE',
    'title',
    1,
    put('title', () => '二级教师', '工勤人员不应有教师职称'),
    (p) => p.category === 'worker',
  ),
  fault(
    'error',
    'E-CATEGORY',
    'category',
    1,
    put('category', () => '教学人员A', '“教学人员A”不是教职工类别'),
    isTeacher,
  ),
  fault(
    'error',
    'E-STATUS',
    'status',
    1,
    put('status', () => '待定', '“待定”不是人员状态'),
  ),
  fault(
    'error',
    'E-SUBJECT',
    'subject',
    1,
    put('subject', () => '数语', '“数语”不是学科'),
    isTeacher,
  ),
  fault(
    'mended',
    'M-OLD-SUBJECT',
    'subject',
    1,
    put('subject', () => '体育', '体育 → 体育与健康'),
    (p) => p.subject === 'PE',
  ),
  fault(
    'warning',
    'W-CERT-STAGE',
    'certificateKind',
    1,
    put('certificateKind', () => '小学教师资格', '初中任教，资格为小学'),
    (p) => p.stage === 'J',
  ),
  fault(
    'warning',
    'W-CERT-NO',
    'certificateNo',
    1,
    put('certificateNo', ({ person }) => person.certificateNo!.slice(0, 15), '证号15位'),
    (p) => p.certificateNo !== null,
  ),
]
