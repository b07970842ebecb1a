import type { TeacherFacts } from '@/lib/rules/rotation/facts.ts'
import { day, month } from '@/lib/rules/values/dates.ts'

/** A teacher in scope with nothing against moving; a test changes what it is about. */
export function aTeacher(changes: Partial<TeacherFacts> & { joined?: string } = {}): TeacherFacts {
  const { joined = '2010-09', ...facts } = changes
  return {
    id: 'T1',
    sex: 'F',
    birth: day('1985-03-12'),
    form: 'in',
    category: 'teacher',
    postKind: 'professional',
    stage: 'P',
    subject: 'MATH',
    duty: null,
    countyRank: false,
    status: 'on_post',
    school: { id: 'S1', kind: 'primary', locality: 'urban', quality: true, zone: '东学区', isPublic: true },
    stays: [{ schoolId: 'S1', from: month(joined), until: null }],
    titles: [],
    honours: [],
    absences: [],
    births: [],
    disciplines: [],
    assessments: [],
    postings: [],
    exemptions: [],
    retirement: { override: null, choice: null },
    bondUntil: null,
    ...facts,
  }
}
