import { formatLongDay } from '@/lib/i18n/format.ts'
import { PAPER_MARKS } from '@/lib/platform/nature.ts'
import { writeSheet } from '@/lib/platform/workbook/write-sheet.ts'
import { NOTICE_COLUMNS, type NoticeColumn } from '@/lib/rules/rotation/notice.ts'
import type { LocalDate } from '@/lib/rules/values/dates.ts'
import type { Issuer } from './facts.ts'
import { body, cell, row, type Sheet, signed, table, title } from './official.ts'

/** A notice as it stands posted: the columns of R-PUB-3 and nothing else of a person. */
export interface NoticePaper {
  title: string
  kind: 'first' | 'correction'
  documentNo: string | null
  days: number
  publishedOn: LocalDate | null
  endsOn: LocalDate | null
  phone: string
  mail: string
  rows: Record<NoticeColumn, string>[]
}

const COLUMNS = Object.keys(NOTICE_COLUMNS) as NoticeColumn[]
const WIDTHS: Record<NoticeColumn, number> = {
  number: 10,
  name: 17,
  origin: 31,
  subject: 20,
  destination: 31,
  form: 21,
  term: 26,
}

const period = (notice: NoticePaper): string =>
  notice.publishedOn && notice.endsOn
    ? `公示期 ${notice.days} 个工作日，自${formatLongDay(notice.publishedOn)}发布，至${formatLongDay(notice.endsOn)}24时止`
    : `公示期 ${notice.days} 个工作日，自发布次日起计算`

const contact = (notice: NoticePaper): string => `监督电话：${notice.phone}　电子邮箱：${notice.mail}`

export function noticeSheet(notice: NoticePaper, issuer: Issuer): Sheet {
  return {
    children: [
      title(...splitTitle(notice.title)),
      body(
        notice.kind === 'correction'
          ? `现对此前公示的以下人员信息予以更正${notice.documentNo ? `（${notice.documentNo}）` : ''}，并重新公示。${period(notice)}。`
          : `经学校申报、双方学校同意、人事股初审和会议审定，现将拟交流轮岗教师予以公示。${period(notice)}。`,
      ),
      body('公示期间如有异议，请以真实姓名向我局人事股反映，我局对反映人信息予以保密。'),
      body(contact(notice)),
      table(
        COLUMNS.map((column) => WIDTHS[column]),
        [
          row(
            COLUMNS.map((column) => cell(NOTICE_COLUMNS[column], { head: true })),
            { header: true, height: 9 },
          ),
          ...notice.rows.map((entry) =>
            row(
              COLUMNS.map((column) => cell(entry[column], { align: 'center' })),
              { height: 8 },
            ),
          ),
        ],
      ),
      ...signed(issuer.bureau, formatLongDay(notice.publishedOn ?? issuer.today)),
    ],
  }
}

/** A long title breaks before 教师交流 rather than in the middle of a word. */
function splitTitle(text: string): string[] {
  if (text.length <= 18) return [text]
  const at = text.indexOf('教师交流')
  return at > 4 && at < text.length - 4 ? [text.slice(0, at), text.slice(at)] : [text]
}

export function noticeWorkbook(notice: NoticePaper, issuer: Issuer, writtenAt: string): Promise<Buffer> {
  return writeSheet<NoticeColumn>({
    title: notice.title,
    sheetName: '公示',
    columns: COLUMNS.map((column) => ({ key: column, title: NOTICE_COLUMNS[column], width: WIDTHS[column] * 0.6 })),
    rows: notice.rows,
    footer: `${period(notice)}。${contact(notice)}`,
    watermark: PAPER_MARKS[issuer.nature],
    writtenAt,
    kind: 'public-notice',
  })
}
