import { candidateEvents, candidateScores, reserveCandidates, reservePlacements } from '@/db/schema/index.ts'
import type { CandidateId } from '@/db/schema/talent.ts'
import type { Tx } from '@/db/scope.ts'
import { generateReserve, type ReserveRecord } from '@/db/seed/reserve.ts'
import { now } from '@/lib/platform/clock.ts'
import { keyring } from '@/lib/platform/crypto.ts'
import { newId } from '@/lib/platform/new-id.ts'
import { insertAll } from '@/lib/register/store/load-district.ts'
import type { DistrictRecords } from '@/lib/rules/register/records.ts'
import type { CandidateState } from '@/lib/rules/reserve/pipeline.ts'
import { addDays, type LocalDate } from '@/lib/rules/values/dates.ts'
import type { DistrictId, SchoolId, TeacherId } from '@/lib/rules/values/ids.ts'

interface Places {
  schoolIds: Map<string, SchoolId>
  /** By ID number. */
  teacherIds: Map<string, TeacherId>
}

const BY = '演示数据'

/** Writes three years of reserve hires with their way through the pool; the days of the steps follow the day of entry. */
export async function seedReserve(
  tx: Tx,
  districtId: DistrictId,
  district: DistrictRecords & { seed: string | number; index: number },
  places: Places,
): Promise<void> {
  const at = now() as string
  const keys = await keyring(tx, districtId)
  const numbers = new Map<number, number>()
  const made = generateReserve(district).map((record) => {
    const serial = (numbers.get(record.year) ?? 0) + 1
    numbers.set(record.year, serial)
    const id = newId<CandidateId>()
    const sealed = (column: string, plain: string) => keys.seal({ table: 'candidate_scores', column, rowId: id }, plain)
    return {
      candidate: {
        districtId,
        id,
        number: `${record.year}-${String(serial).padStart(3, '0')}`,
        name: record.name,
        sex: record.sex,
        year: record.year,
        channel: record.channel,
        stage: record.stage,
        subject: record.subject,
        education: record.education,
        graduatedFrom: record.university,
        major: record.major,
        certificateKind: record.stage === 'P' ? ('primary' as const) : ('junior' as const),
        certificateSubject: record.subject,
        state: record.state,
        pooledOn: record.entered,
        poolUntil: record.poolEnds,
        leftOn: record.left?.on ?? null,
        leftReason: record.left?.reason ?? null,
        changedAt: at,
      },
      scores: {
        districtId,
        candidateId: id,
        idNumber: sealed('id_number', record.idNumber),
        phone: sealed('phone', record.phone),
        written: hundredths(record.written),
        interview: hundredths(record.interview),
        medicalPassed: 'passed' as const,
        backgroundPassed: 'passed' as const,
      },
      events: stepsOf(record).map(([fromState, toState, onDay, reason]) => ({
        districtId,
        id: newId<string>(),
        candidateId: id,
        fromState,
        toState,
        onDay,
        reason,
        byName: BY,
        at,
      })),
      placement: record.placement && {
        districtId,
        id: newId<string>(),
        candidateId: id,
        schoolId: places.schoolIds.get(record.placement.school)!,
        basis: record.state === 'employed' ? ('establishment' as const) : ('labour' as const),
        teacherId: record.state === 'employed' ? (places.teacherIds.get(record.idNumber) ?? null) : null,
        during: { from: record.placement.from, until: null },
        changedAt: at,
      },
    }
  })
  await insertAll(
    tx,
    reserveCandidates,
    made.map(({ candidate }) => candidate),
  )
  await insertAll(
    tx,
    candidateScores,
    made.map(({ scores }) => scores),
  )
  await insertAll(
    tx,
    candidateEvents,
    made.flatMap(({ events }) => events),
  )
  await insertAll(
    tx,
    reservePlacements,
    made.flatMap(({ placement }) => (placement ? [placement] : [])),
  )
}

const hundredths = (points: number | null) => (points === null ? null : Math.round(points * 100))

type Step = [from: CandidateState, to: CandidateState, on: LocalDate, reason: string | null]

/** The register knows the day of entry, of the placement and of the leaving; an employed person was hired with it. */
function stepsOf(record: ReserveRecord): Step[] {
  const steps: Step[] = [['on_notice', 'pooled', record.entered, null]]
  if (record.state === 'pooled') return steps
  const waits = addDays(record.entered, 7)
  steps.push(['pooled', 'awaiting', waits, null])
  if (record.placement) {
    const from = record.placement.from
    steps.push(['awaiting', 'placed', from > waits ? from : waits, null])
    if (record.state === 'employed') steps.push(['placed', 'employed', steps.at(-1)![2], null])
  }
  if (record.left) {
    const on = record.left.on
    const last = steps.at(-1)!
    if (record.state === 'left' || record.state === 'dismissed') {
      steps.push(['awaiting', 'placed', addDays(last[2], 30), null])
      if (record.state === 'left') steps.push(['placed', 'employed', addDays(last[2], 60), null])
    }
    steps.push([steps.at(-1)![1], record.state, on, record.left.reason])
  }
  return steps
}
