import { expect, test } from 'vitest'
import { assessEligibility, mayApply } from '@/lib/rules/rotation/eligibility.ts'
import { ELIGIBILITY_STATES } from '@/lib/rules/rotation/eligibility-result.ts'
import { noticeRow } from '@/lib/rules/rotation/notice.ts'
import { defaultPolicy } from '@/lib/rules/rotation/policy.ts'
import { rollChanges } from '@/lib/rules/rotation/roll-changes.ts'
import { day } from '@/lib/rules/values/dates.ts'
import { aTeacher } from '@/tests/support/facts.ts'

test('R-ELIG-0 a changed policy lists who falls in and who falls out', () => {
  const people = [
    aTeacher({ id: 'six-years', joined: '2021-09' }),
    aTeacher({ id: 'nine-years', joined: '2018-09' }),
    aTeacher({ id: 'five-years', joined: '2022-09' }),
  ]
  const roll = (tenureMonths: number) =>
    people.map((facts) =>
      assessEligibility(
        facts,
        { ...defaultPolicy, eligibility: { ...defaultPolicy.eligibility, tenureMonths } },
        day('2027-08-31'),
      ),
    )
  expect(rollChanges(roll(72), roll(72))).toEqual([])
  expect(rollChanges(roll(72), roll(108)).map(({ id, kind }) => [id, kind])).toEqual([['six-years', 'falls_out']])
  expect(rollChanges(roll(72), roll(60)).map(({ id, kind }) => [id, kind])).toEqual([['five-years', 'falls_in']])
  expect(rollChanges(roll(72), roll(72).slice(1))[0]).toMatchObject({ id: 'six-years', after: null, kind: 'falls_out' })
})

test('R-ELIG-13 volunteers: exempt and not yet due may apply, deferred and out of scope may not', () => {
  const who = (volunteersAllowed: boolean) =>
    ELIGIBILITY_STATES.filter((state) =>
      mayApply({ state }, { ...defaultPolicy, eligibility: { ...defaultPolicy.eligibility, volunteersAllowed } }),
    )
  expect(who(true)).toEqual(['eligible', 'exempt', 'not_yet'])
  expect(who(false)).toEqual(['eligible'])
})

test('R-PUB-3 a notice row carries the seven columns and nothing else', () => {
  const row = {
    number: '1',
    name: '李明亮',
    origin: '第一小学',
    subject: '数学',
    destination: '万利小学',
    form: '定期交流',
    term: '2026-09 至 2029-07',
    idNumber: '150699198503121239',
    reason: '家庭困难',
  }
  expect(Object.keys(noticeRow(row))).toEqual(['number', 'name', 'origin', 'subject', 'destination', 'form', 'term'])
})
