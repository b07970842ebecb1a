import { writeZip } from '@/lib/platform/workbook/zip-write.ts'
import { approvalForm } from './approval-form.ts'
import type { CasePaper, Issuer } from './facts.ts'
import { introductionLetter } from './introduction.ts'
import { moveOrder } from './move-order.ts'
import { DOCX, officialDocument, packed, type Sheet, ZIP } from './official.ts'
import { fileName, schoolYear } from './words.ts'

/** The papers made one a person. */
export const PERSON_PAPERS = ['orders', 'forms', 'introductions'] as const
export type PersonPaper = (typeof PERSON_PAPERS)[number]

const TITLES: Record<PersonPaper, string> = { orders: '调令与交流通知书', forms: '审批表', introductions: '介绍信' }

const sheetOf: Record<PersonPaper, (paper: CasePaper, issuer: Issuer) => Sheet> = {
  orders: moveOrder,
  forms: approvalForm,
  introductions: introductionLetter,
}

/** Orders and letters exist only where an order has its number. */
const printable = (kind: PersonPaper, papers: readonly CasePaper[]): CasePaper[] =>
  papers.filter((paper) => (kind === 'forms' ? true : paper.order !== null && paper.to !== null))

export interface MadeFile {
  name: string
  mediaType: string
  content: Buffer
}

const personName = (kind: PersonPaper, paper: CasePaper): string =>
  fileName(`${paper.order?.number ?? `申报${paper.number}`}_${paper.person.name}_${TITLES[kind]}.docx`)

/** All persons of a set in one document, each on a page of their own. */
export async function mergedPapers(
  kind: PersonPaper,
  papers: readonly CasePaper[],
  issuer: Issuer,
  year: number,
): Promise<MadeFile> {
  const about = `${schoolYear(year)}${TITLES[kind]}`
  const sheets = printable(kind, papers).map((paper) => sheetOf[kind](paper, issuer))
  return {
    name: fileName(`${about}.docx`),
    mediaType: DOCX,
    content: await packed(officialDocument(issuer, about, sheets)),
  }
}

export async function personPaper(kind: PersonPaper, paper: CasePaper, issuer: Issuer): Promise<MadeFile> {
  const sheet = sheetOf[kind](paper, issuer)
  return {
    name: personName(kind, paper),
    mediaType: DOCX,
    content: await packed(officialDocument(issuer, `${paper.person.name} ${TITLES[kind]}`, [sheet])),
  }
}

/**
 * One file a person, every kind in its folder, and `more` (summary, notice) beside them, in one zip.
 * @param progress told after every file, so that a page can show how far it is
 */
export async function zippedPapers(
  kinds: readonly PersonPaper[],
  papers: readonly CasePaper[],
  issuer: Issuer,
  more: readonly MadeFile[],
  progress: (made: number, of: number) => Promise<void> = async () => {},
): Promise<MadeFile> {
  const parts: [string, Buffer][] = more.map((file) => [file.name, file.content])
  const wanted = kinds.flatMap((kind) => printable(kind, papers).map((paper) => ({ kind, paper })))
  const taken = new Set<string>()
  for (const [index, { kind, paper }] of wanted.entries()) {
    const file = await personPaper(kind, paper, issuer)
    const place = `${TITLES[kind]}/${file.name}`
    parts.push([taken.has(place) ? `${TITLES[kind]}/${paper.person.staffNo}_${file.name}` : place, file.content])
    taken.add(place)
    if (index % 20 === 19) await progress(index + 1, wanted.length)
  }
  await progress(wanted.length, wanted.length)
  return {
    name: fileName(`${schoolYear(papers[0]?.year ?? 0)}交流轮岗文件.zip`),
    mediaType: ZIP,
    content: await writeZip(parts),
  }
}
