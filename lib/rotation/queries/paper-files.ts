import { eq } from 'drizzle-orm'
import { orders, rotationCases, rotationRounds, teachers } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import { now } from '@/lib/platform/clock.ts'
import type { Actor } from '@/lib/rules/access/actor.ts'
import type { CaseId, NoticeId, RoundId, TeacherId } from '@/lib/rules/values/ids.ts'
import { countyReturn } from '../documents/county-return.ts'
import type { CasePaper, Issuer } from '../documents/facts.ts'
import { DOCX, officialDocument, packed, XLSX } from '../documents/official.ts'
import {
  type MadeFile,
  mergedPapers,
  PERSON_PAPERS,
  type PersonPaper,
  personPaper,
  zippedPapers,
} from '../documents/package.ts'
import { noticeSheet, noticeWorkbook } from '../documents/public-notice.ts'
import { ruralCertificate } from '../documents/rural-certificate.ts'
import { type SummaryFigures, summarySheet, summaryWorkbook } from '../documents/summary.ts'
import { fileName, schoolYear } from '../documents/words.ts'
import { casePapers, schoolsById } from './case-papers.ts'
import { listClosings } from './closing.ts'
import { paperIssuer } from './issuer.ts'
import { noticePaper } from './notices.ts'
import { casesOfBatch, decidedCases } from './orders.ts'
import { paperPersons } from './paper-persons.ts'
import { roundQuota } from './round-quota.ts'
import { ruralService } from './service.ts'

/** Sets of papers a page offers: one file with everyone, the summary, or all in one zip. */
export const PAPER_SETS = [...PERSON_PAPERS, 'summary', 'summaryXlsx', 'all'] as const
export type PaperSet = (typeof PAPER_SETS)[number]

/** A set of papers is about one batch of orders, or about all decided cases of a round. */
export type PaperScope = { batchId: string } | { roundId: RoundId }

/** More people than this are made by the worker, with progress; fewer at once. */
export const INLINE_MOST = 30

export const casesInScope = (tx: Tx, scope: PaperScope): Promise<CaseId[]> =>
  'batchId' in scope ? casesOfBatch(tx, scope.batchId) : decidedCases(tx, scope.roundId)

async function roundOf(tx: Tx, scope: PaperScope) {
  if ('roundId' in scope) {
    const [round] = await tx.select().from(rotationRounds).where(eq(rotationRounds.id, scope.roundId))
    return round ?? null
  }
  const [found] = await tx
    .select({ round: rotationRounds })
    .from(orders)
    .innerJoin(rotationRounds, eq(rotationRounds.id, orders.roundId))
    .where(eq(orders.batchId, scope.batchId))
    .limit(1)
  return found?.round ?? null
}

/** Foot of the summary: the round's quota as it stands, under the reading its policy binds. */
export async function summaryFigures(tx: Tx, roundId: RoundId): Promise<SummaryFigures | null> {
  const quota = await roundQuota(tx, roundId)
  if (!quota) return null
  const { figures } = quota
  const share = (verdict: typeof figures.total) => (verdict.kind === 'measured' ? verdict.share : { num: 0, den: 0 })
  return {
    eligible: figures.eligible.length + figures.added.length,
    needed: figures.total.kind === 'measured' ? figures.total.need : 0,
    moved: figures.moved.length,
    share: share(figures.total),
    movedBackbone: figures.movedBackbone.length,
    backboneShare: share(figures.readings[figures.binding]),
    reading: figures.binding,
  }
}

/** Makes a set of papers; `progress` hears after every few files of a zip. */
export async function paperSet(
  tx: Tx,
  actor: Actor,
  scope: PaperScope,
  set: PaperSet,
  footer: string,
  progress?: (made: number, of: number) => Promise<void>,
): Promise<{ file: MadeFile; papers: CasePaper[] } | null> {
  const round = await roundOf(tx, scope)
  const papers = round ? await casePapers(tx, await casesInScope(tx, scope), actor.today) : []
  if (!round || papers.length === 0) return null
  const issuer = await paperIssuer(tx, actor.districtId, actor.today)
  const { year } = round
  const summary = (): Promise<SummaryFigures | null> => summaryFigures(tx, round.id)
  if (set === 'summary') return { file: await summaryDocx(papers, await summary(), issuer, year), papers }
  if (set === 'summaryXlsx') return { file: await summaryXlsx(papers, await summary(), issuer, year, footer), papers }
  if (set !== 'all') return { file: await mergedPapers(set, papers, issuer, year), papers }
  const figures = await summary()
  const more = [
    await summaryDocx(papers, figures, issuer, year),
    await summaryXlsx(papers, figures, issuer, year, footer),
  ]
  return { file: await zippedPapers(PERSON_PAPERS, papers, issuer, more, progress), papers }
}

const summaryDocx = async (
  papers: readonly CasePaper[],
  figures: SummaryFigures | null,
  issuer: Issuer,
  year: number,
): Promise<MadeFile> => ({
  name: fileName(`${schoolYear(year)}教师交流轮岗汇总表.docx`),
  mediaType: DOCX,
  content: await packed(officialDocument(issuer, '教师交流轮岗汇总表', [summarySheet(papers, figures, issuer, year)])),
})

const summaryXlsx = async (
  papers: readonly CasePaper[],
  figures: SummaryFigures | null,
  issuer: Issuer,
  year: number,
  footer: string,
): Promise<MadeFile> => ({
  name: fileName(`${schoolYear(year)}教师交流轮岗汇总表.xlsx`),
  mediaType: XLSX,
  content: await summaryWorkbook(papers, figures, issuer, { year, writtenAt: now(), footer }),
})

/** Whom a case is about, if the scope shows it. */
export async function teacherOfCase(tx: Tx, caseId: CaseId): Promise<TeacherId | null> {
  const [row] = await tx
    .select({ teacherId: rotationCases.teacherId })
    .from(rotationCases)
    .where(eq(rotationCases.id, caseId))
  return row?.teacherId ?? null
}

/** One paper of one case, if the scope shows the case and, for orders and letters, an issued order. */
export async function singlePaper(tx: Tx, actor: Actor, caseId: CaseId, kind: PersonPaper): Promise<MadeFile | null> {
  const [paper] = await casePapers(tx, [caseId], actor.today)
  if (!paper || (kind !== 'forms' && (!paper.order || !paper.to))) return null
  return personPaper(kind, paper, await paperIssuer(tx, actor.districtId, actor.today))
}

/** A notice as .docx or .xlsx, with the columns of R-PUB-3 only. */
export async function noticeFile(
  tx: Tx,
  actor: Actor,
  id: NoticeId,
  format: 'docx' | 'xlsx',
): Promise<MadeFile | null> {
  const notice = await noticePaper(tx, id)
  if (!notice) return null
  const issuer = await paperIssuer(tx, actor.districtId, actor.today)
  return {
    name: fileName(`${notice.title}.${format}`),
    mediaType: format === 'docx' ? DOCX : XLSX,
    content:
      format === 'docx'
        ? await packed(officialDocument(issuer, notice.title, [noticeSheet(notice, issuer)]))
        : await noticeWorkbook(notice, issuer, now()),
  }
}

/** 农村（薄弱）学校任教经历证明 of a person as of today; null when nothing counts yet. */
export async function certificateFile(tx: Tx, actor: Actor, teacherId: TeacherId): Promise<MadeFile | null> {
  const [teacher] = await tx.select({ id: teachers.id }).from(teachers).where(eq(teachers.id, teacherId))
  const record = teacher ? await ruralService(tx, teacherId, actor.today) : null
  const person = (await paperPersons(tx, [teacherId], actor.today)).get(teacherId)
  if (!record || !person || record.counted.length === 0) return null
  const issuer = await paperIssuer(tx, actor.districtId, actor.today)
  const places = await schoolsById(tx)
  const name = (id: string): string => places.get(id as never)?.name ?? '—'
  return {
    name: fileName(`${person.name}_农村（薄弱）学校任教经历证明.docx`),
    mediaType: DOCX,
    content: await packed(
      officialDocument(issuer, '农村（薄弱）学校任教经历证明', [ruralCertificate(person, record, name, issuer)]),
    ),
  }
}

/** County return (h) of a round: frozen figures where the year is closed. */
export async function countyFile(tx: Tx, actor: Actor, roundId: RoundId, footer: string): Promise<MadeFile | null> {
  const found = (await listClosings(tx)).find(({ round }) => round.id === roundId)
  if (!found?.figures) return null
  const { figures, round } = found
  const issuer = await paperIssuer(tx, actor.districtId, actor.today)
  const backboneShare = { num: figures.movedBackbone, den: figures.moved }
  return {
    name: fileName(`${schoolYear(round.year)}教师交流轮岗县级填报表.xlsx`),
    mediaType: XLSX,
    content: await countyReturn({ ...figures, year: round.year, backboneShare }, issuer, now(), footer),
  }
}
