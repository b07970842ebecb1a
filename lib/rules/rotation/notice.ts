/** Columns of a public notice, in order; nothing else of a person is ever shown (R-PUB-3). */
export const NOTICE_COLUMNS = {
  number: '序号',
  name: '姓名',
  origin: '派出学校',
  subject: '学科',
  destination: '接收学校',
  form: '交流形式',
  term: '交流期限',
} as const
export type NoticeColumn = keyof typeof NOTICE_COLUMNS

/** One row with the permitted columns only: whatever else the source carries is left behind (R-PUB-3). */
export function noticeRow(
  source: Record<NoticeColumn, string> & Record<string, unknown>,
): Record<NoticeColumn, string> {
  const columns = Object.keys(NOTICE_COLUMNS) as NoticeColumn[]
  return Object.fromEntries(columns.map((column) => [column, source[column]])) as Record<NoticeColumn, string>
}
