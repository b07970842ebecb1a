import { currentTranslate } from '@/app/_server/current.ts'
import { PageTitle } from '@/app/_server/page-title.tsx'
import { readPublicly } from '@/app/_server/public-read.ts'
import { PrintButton } from '@/app/_ui/dialog.tsx'
import { DataTable } from '@/app/_ui/table.tsx'
import { natureOf, PAPER_MARKS } from '@/lib/platform/nature.ts'
import { postedToday } from '@/lib/rotation/queries/notices.ts'

export const dynamic = 'force-dynamic'

/** What anyone may read without signing in: notices that run, with the columns of R-PUB-3 and nothing else. */
export default async function PostedNotices() {
  const t = await currentTranslate()
  const posted = await readPublicly(postedToday)
  const any = posted.some(({ found }) => found.length > 0)
  return (
    <main className="open" style={{ alignItems: 'flex-start' }}>
      <PageTitle text={t('notice.open.title')} />
      <div className="sheet" style={{ maxWidth: 1040, width: '100%' }}>
        <h1 style={{ fontSize: 22 }}>{t('notice.open.title')}</h1>
        {!any && <p className="muted">{t('notice.open.none')}</p>}
        {posted.flatMap(({ district, found }) =>
          found.map((notice) => (
            <article key={notice.id} style={{ marginTop: 20 }}>
              <h2 style={{ fontSize: 17 }}>{notice.title}</h2>
              {natureOf(district) !== 'real' && <p className="noted">{PAPER_MARKS[natureOf(district)]}</p>}
              <p>
                {t('notice.open.period', {
                  days: notice.days,
                  from: notice.publishedOn ?? '',
                  until: notice.endsOn ?? '',
                })}
              </p>
              <p>{t('notice.open.contact', { phone: notice.phone, mail: notice.mail })}</p>
              <DataTable
                label={notice.title}
                rows={notice.rows}
                rowKey={(row: { number: string }) => row.number}
                cards
                empty={null}
                columns={(['number', 'name', 'origin', 'subject', 'destination', 'form', 'term'] as const).map(
                  (key) => ({
                    key,
                    head: t(`notice.entry.${key}`),
                    cell: (row: Record<typeof key, string>) => row[key],
                  }),
                )}
              />
            </article>
          )),
        )}
        {any && (
          <div style={{ marginTop: 16 }}>
            <PrintButton label={t('document.print')} />
          </div>
        )}
      </div>
    </main>
  )
}
