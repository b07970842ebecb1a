import { and, eq, ne, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { candidateScores, reserveCandidates, reservePlacements, schoolYears } from '@/db/schema/index.ts'
import type { CandidateId } from '@/db/schema/talent.ts'
import { type Tx, withScope } from '@/db/scope.ts'
import { generateDistrict } from '@/db/seed/district.ts'
import { seedReserve } from '@/lib/cli/seed-reserve.ts'
import { runCommand } from '@/lib/platform/command.ts'
import { moveCandidate } from '@/lib/reserve/commands/move-candidate.ts'
import { placeCandidate } from '@/lib/reserve/commands/place-candidate.ts'
import { createCandidate } from '@/lib/reserve/commands/save-candidate.ts'
import { candidateDetail } from '@/lib/reserve/queries/candidate.ts'
import { candidateQuery, listCandidates } from '@/lib/reserve/queries/candidates.ts'
import { reserveOverview } from '@/lib/reserve/queries/overview.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'
import type { Role } from '@/lib/rules/access/roles.ts'
import type { CandidateState } from '@/lib/rules/reserve/pipeline.ts'
import { day } from '@/lib/rules/values/dates.ts'
import type { GrantId, PersonId, SchoolId, UserId } from '@/lib/rules/values/ids.ts'
import { aLoadedDistrict, type LoadedDistrict } from '@/tests/support/loaded-district.ts'

const records = generateDistrict({ seed: 2026 })
const TODAY = day('2027-01-05')
let district: LoadedDistrict
beforeAll(async () => {
  district = await aLoadedDistrict(records, TODAY)
  await withScope(district.system, (tx) => seedReserve(tx, district.districtId, records, district))
})
afterAll(() => district.close())

const asSystem = <T>(work: (tx: Tx) => Promise<T>) => withScope(district.system, work)
const codes = (outcome: { ok: true } | { ok: false; refusals: { code: string; rule?: string }[] }) =>
  outcome.ok ? [] : outcome.refusals.map(({ code }) => code)
const actor = (role: Role, schoolIds: SchoolId[] = []): UserActor => ({
  kind: 'user',
  districtId: district.districtId,
  userId: '00000000-0000-7000-8000-000000000001' as UserId,
  personId: '00000000-0000-7000-8000-000000000002' as PersonId,
  grantId: '00000000-0000-7000-8000-000000000003' as GrantId,
  role,
  schoolIds,
  teacherId: null,
  flags: [],
  name: 'reader',
  sessionId: null,
  today: TODAY,
})

const applicant = (more: object = {}) => ({
  name: '测试甲',
  sex: 'F',
  year: 2026,
  channel: 'experienced',
  stage: 'P',
  subject: 'MUS',
  education: 'bachelor',
  graduatedFrom: '',
  major: '',
  certificateKind: 'primary',
  certificateSubject: 'MUS',
  on: '2026-12-01',
  ...more,
})
async function newCandidate(more: object = {}): Promise<CandidateId> {
  const made = await runCommand(createCandidate, district.system, applicant(more))
  if (!made.ok) throw new Error(codes(made).join())
  return (made.value.value as { id: CandidateId }).id
}
const versionOf = (id: CandidateId) =>
  asSystem(async (tx) => {
    const [row] = await tx.select().from(reserveCandidates).where(eq(reserveCandidates.id, id))
    return row!.version
  })
const move = async (candidateId: CandidateId, to: CandidateState, on: string, reason = '') =>
  runCommand(moveCandidate, district.system, { candidateId, version: await versionOf(candidateId), to, on, reason })
const WAY: CandidateState[] = ['screened', 'verified', 'written', 'interviewed', 'medical', 'background', 'on_notice']
async function onNotice(more: object = {}): Promise<CandidateId> {
  const id = await newCandidate(more)
  for (const state of WAY) expect(codes(await move(id, state, '2026-12-20'))).toEqual([])
  return id
}
const place = async (candidateId: CandidateId, schoolId: SchoolId, more: object = {}) =>
  runCommand(placeCandidate, district.system, {
    candidateId,
    version: await versionOf(candidateId),
    schoolId,
    from: '2027-02-01',
    basis: 'labour',
    subjectConfirmed: false,
    reason: '',
    ...more,
  })
const schoolWith = (stage: 'P' | 'J', only = false) =>
  asSystem(async (tx) => {
    const [a, b] = stage === 'P' ? ['pupils_primary', 'pupils_junior'] : ['pupils_junior', 'pupils_primary']
    const [row] = await tx
      .select({ id: schoolYears.schoolId })
      .from(schoolYears)
      .where(sql`${sql.identifier(a)} > 0 ${only ? sql`AND ${sql.identifier(b)} = 0` : sql``}`)
      .limit(1)
    return row!.id
  })

describe('the pipeline', () => {
  test('a step out of order, ahead of today or before the last one is refused; a way out needs its reason', async () => {
    const id = await newCandidate()
    expect(codes(await move(id, 'pooled', '2026-12-20'))).toEqual(['reserve.refusal.step'])
    expect(codes(await move(id, 'screened', '2027-02-01'))).toEqual(['reserve.refusal.future'])
    expect(codes(await move(id, 'screened', '2026-11-01'))).toEqual(['reserve.refusal.beforeLastStep'])
    expect(codes(await move(id, 'unqualified', '2026-12-20'))).toEqual(['reserve.refusal.reason'])
    expect(codes(await move(id, 'unqualified', '2026-12-20', '专业不符'))).toEqual([])
    expect(codes(await move(id, 'screened', '2026-12-21'))).toEqual(['reserve.refusal.step'])
  })

  test('only campus recruitment skips the written exam', async () => {
    for (const [channel, expected] of [
      ['campus', []],
      ['experienced', ['reserve.refusal.step']],
    ] as const) {
      const id = await newCandidate({ channel })
      for (const state of ['screened', 'verified'] as const) await move(id, state, '2026-12-20')
      expect(codes(await move(id, 'interviewed', '2026-12-20'))).toEqual(expected)
    }
  })

  test('a stale form changes nothing', async () => {
    const candidateId = await newCandidate()
    const input = { candidateId, version: 1, to: 'screened', on: '2026-12-20', reason: '' }
    expect(codes(await runCommand(moveCandidate, district.system, input))).toEqual([])
    expect(codes(await runCommand(moveCandidate, district.system, { ...input, to: 'verified' }))).toEqual([
      'reserve.refusal.stale',
    ])
  })
})

describe('the yearly counter', () => {
  test('R-POOL-2 31 December counts for the old year, 1 January for the new; placed and departed still count', async () => {
    const before = await asSystem((tx) => reserveOverview(tx, district.districtId, TODAY))
    const of = (overview: typeof before, year: number) => overview.years.find((row) => row.year === year)!
    const last = await onNotice()
    const first = await onNotice()
    expect(codes(await move(last, 'pooled', '2026-12-31'))).toEqual([])
    expect(codes(await move(first, 'pooled', '2027-01-01'))).toEqual([])
    expect(codes(await move(first, 'withdrew', '2027-01-02', '升学'))).toEqual([])
    const after = await asSystem((tx) => reserveOverview(tx, district.districtId, TODAY))
    expect(of(after, 2026).entered.length).toBe(of(before, 2026).entered.length + 1)
    expect(of(after, 2027)).toMatchObject({ entered: [first], left: [first], inPool: [], missing: 99, met: false })
    const listed = await asSystem((tx) => listCandidates(tx, candidateQuery.parse({ entered: '2027' }), TODAY))
    expect(listed.rows.map(({ id }) => id)).toEqual([first])
  })
})

describe('placing', () => {
  const awaiting = async (more: object = {}) => {
    const id = await onNotice(more)
    await move(id, 'pooled', '2026-12-21')
    await move(id, 'awaiting', '2026-12-22')
    return id
  }

  test('R-CERT-1 a certificate below the stage is refused, another subject must be confirmed', async () => {
    const junior = await schoolWith('J')
    expect(codes(await place(await awaiting({ stage: 'J', subject: 'PHY' }), junior))).toEqual([
      'reserve.refusal.certificateStage',
    ])
    const other = await awaiting({ certificateSubject: 'ART' })
    const primary = await schoolWith('P')
    expect(codes(await place(other, primary))).toEqual(['reserve.refusal.subjectDiffers'])
    expect(codes(await place(other, primary, { subjectConfirmed: true }))).toEqual([])
  })

  test('R-POOL-3 a school without classes of the stage, or establishment without a vacancy, is refused', async () => {
    const id = await awaiting()
    expect(codes(await place(id, await schoolWith('J', true)))).toEqual(['reserve.refusal.stageNotTaught'])
    const full = await schoolWith('P')
    await asSystem((tx) => tx.update(schoolYears).set({ establishment: 0 }).where(eq(schoolYears.schoolId, full)))
    expect(codes(await place(id, full, { basis: 'establishment' }))).toEqual(['reserve.refusal.noVacancy'])
    expect(codes(await place(id, full))).toEqual([])
    expect(codes(await place(id, full))).toEqual(['reserve.refusal.step'])
  })
})

describe('masks', () => {
  test('SEC f4: a school sees those placed there, and neither scores nor steps; the reviewer sees both', async () => {
    const [placed] = await asSystem((tx) =>
      tx.select().from(reservePlacements).where(ne(reservePlacements.basis, 'establishment')).limit(1),
    )
    const mine = actor('principal', [placed!.schoolId])
    const listed = await withScope(mine, (tx) => listCandidates(tx, candidateQuery.parse({ size: 100 }), TODAY))
    expect(listed.total).toBeGreaterThan(0)
    expect(listed.rows.every((row) => row.schoolId === placed!.schoolId)).toBe(true)
    const detail = await withScope(mine, (tx) => candidateDetail(tx, placed!.candidateId, mine))
    expect(detail?.bureau).toBeNull()
    expect(await withScope(mine, (tx) => tx.select().from(candidateScores))).toEqual([])
    const full = await withScope(actor('bureau_reviewer'), (tx) =>
      candidateDetail(tx, placed!.candidateId, actor('bureau_reviewer')),
    )
    expect(full?.bureau?.scores?.interview).toBeGreaterThan(0)
    const elsewhere = await asSystem((tx) =>
      tx
        .select({ id: reserveCandidates.id })
        .from(reserveCandidates)
        .where(and(eq(reserveCandidates.state, 'pooled')))
        .limit(1),
    )
    expect(await withScope(mine, (tx) => candidateDetail(tx, elsewhere[0]!.id, mine))).toBeNull()
  })
})
