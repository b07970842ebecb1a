import { type FieldSpec, TitleIndex } from '@/lib/platform/workbook/titles.ts'
import { type RosterField, rosterTitles } from '@/lib/register/queries/roster-titles.ts'
import { FOREIGN_COLUMNS, type ForeignKey } from '../documents/foreign-fields.ts'

/** Fields of the roster's synonyms that can be filled, and which of our columns fills each. */
const FROM_ROSTER: Partial<Record<RosterField, ForeignKey>> = {
  seq: 'seq',
  name: 'name',
  sex: 'sex',
  birth: 'birth',
  age: 'age',
  highestEducation: 'education',
  title: 'title',
  postGrade: 'grade',
  subject: 'subject',
  school: 'from',
  workSchool: 'to',
  note: 'note',
  staffNo: 'staffNo',
  stage: 'stage',
  category: 'category',
  form: 'employment',
  status: 'status',
  duty: 'duty',
  periods: 'periods',
  joinedWork: 'joinedWork',
  joinedSchool: 'joinedSchool',
}

/** What other bureaus call the columns of a rotation, beside our own titles. */
const MORE: Partial<Record<ForeignKey, readonly string[]>> = {
  from: ['原单位', '原单位名称', '原学校', '派出单位', '流出学校', '原任教学校'],
  to: ['交流单位', '交流轮岗单位名称', '接收单位', '流入学校', '交流学校', '拟交流学校', '现任教学校'],
  fromClass: ['原学校类别', '派出单位类别'],
  toClass: ['交流学校类别', '接收单位类别'],
  form: ['交流轮岗类型', '交流类型', '交流轮岗形式', '轮岗形式', '交流方式'],
  relation: ['是否调动人事关系', '是否转人事关系', '人事关系是否转移'],
  start: ['开始年月', '交流开始时间', '开始时间', '交流起始时间', '起始时间'],
  end: ['结束年月', '交流结束时间', '结束时间', '终止时间'],
  backbone: ['是否骨干教师', '骨干教师类别', '骨干称号', '是否县级及以上骨干教师'],
  tenure: ['本校连续任教年限', '在本校工作年限', '现校任教年限'],
  result: ['年度考核', '年度考核结果'],
  note: ['文号', '调令文号', '通知文号'],
}

const specs: FieldSpec<ForeignKey>[] = FOREIGN_COLUMNS.map(({ key, title }) => ({
  field: key,
  titles: [
    title,
    ...(MORE[key] ?? []),
    ...rosterTitles((Object.keys(FROM_ROSTER) as RosterField[]).filter((field) => FROM_ROSTER[field] === key)),
  ],
  key: key === 'name',
}))

/** Headings of an upper bureau's sheet, found by the import's synonyms. */
export const foreignIndex = (): TitleIndex<ForeignKey> => new TitleIndex(specs)
