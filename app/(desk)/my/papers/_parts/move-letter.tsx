import { Card } from '@/app/_ui/screen.tsx'
import { formatSchoolYear } from '@/lib/i18n/format.ts'
import type { Translate } from '@/lib/i18n/translate.ts'
import type { CasePaper } from '@/lib/rotation/documents/facts.ts'
import type { postedNotices } from '@/lib/rotation/queries/notices.ts'
import type { casesOfTeacher } from '@/lib/rotation/queries/service.ts'

type Found = Awaited<ReturnType<typeof casesOfTeacher>>[number]
type Notice = Awaited<ReturnType<typeof postedNotices>>[number]

/** Being moved, as a letter: where, from when, how long, what stays, whom to call, what counts later, how to object. */
export function MoveLetter({
  t,
  found,
  paper,
  name,
  district,
  notice,
}: {
  t: Translate
  found: Found
  paper: CasePaper | null
  name: string
  district: string
  notice: Notice | null
}) {
  const { row } = found
  const order = paper?.order?.state === 'issued' ? paper.order : null
  const values = {
    from: found.from,
    to: found.to ?? '—',
    on: order?.effectiveOn ?? row.startsOn,
    until: row.endsOn ?? '',
    year: formatSchoolYear(found.year, t.locale),
  }
  const over = ['completed', 'terminated', 'rejected', 'withdrawn'].includes(row.state)
  return (
    <Card title={t('document.letter.title', values)}>
      <div className="letter" style={{ maxWidth: 680, lineHeight: 1.9 }}>
        <p>{t('document.letter.dear', { name })}</p>
        <p>{t(`document.letter.state.${row.state}`, values)}</p>
        {!over && (
          <>
            <p>{t(row.movesRelation ? 'document.letter.transfer' : 'document.letter.posting', values)}</p>
            <p>{t(row.movesRelation ? 'document.letter.keepsTransfer' : 'document.letter.keeps', values)}</p>
            {order && <p>{t('document.letter.report', { to: values.to, by: order.reportBy, number: order.number })}</p>}
            <p>{t('document.letter.counts')}</p>
          </>
        )}
        {notice && (
          <p>{t('document.letter.object', { until: notice.endsOn ?? '', phone: notice.phone, mail: notice.mail })}</p>
        )}
        <p style={{ textAlign: 'right' }}>{t('document.letter.signed', { district })}</p>
      </div>
      <div className="actions">
        {order && (
          <>
            <a className="button primary" href={`/rotation/orders/paper/${row.id}?kind=orders`}>
              {t(row.movesRelation ? 'document.transferOrder' : 'document.postingNotice')}
            </a>
            <a className="button" href={`/rotation/orders/paper/${row.id}?kind=introductions`}>
              {t('document.introduction')}
            </a>
          </>
        )}
        <a className="button" href={`/rotation/orders/paper/${row.id}?kind=forms`}>
          {t('document.form')}
        </a>
      </div>
    </Card>
  )
}
