import { z } from 'zod'
import { definePage } from '@/app/_server/page.tsx'
import { CopyButton } from '@/app/_ui/dialog.tsx'
import { ButtonLink, Card, EmptyState, Screen, Stat } from '@/app/_ui/screen.tsx'
import { DataTable } from '@/app/_ui/table.tsx'
import { formatCount, formatMoment } from '@/lib/i18n/format.ts'
import { headLine, headOf, verifyingKey } from '@/lib/platform/audit-heads.ts'
import { verifyChain } from '@/lib/platform/audit-verify.ts'
import { sealing } from '@/lib/platform/queries/audit.ts'

export default definePage('platform.audit.verify', {
  query: z.object({ verify: z.enum(['1']).optional().catch(undefined) }),
  load: async (tx, { query }) => ({
    ...(await sealing(tx)),
    verdict: query.verify ? await verifyChain(tx, { own: verifyingKey() }) : null,
  }),
  view: ({ heads, sealed, waiting, verdict }, { session, t }) => (
    <Screen
      title={t('audit.heads.title')}
      crumbs={[{ text: t('audit.title'), href: '/audit' }, { text: t('audit.heads.title') }]}
      tools={
        <ButtonLink href="/audit/heads?verify=1" kind="primary">
          {t('audit.verify.run')}
        </ButtonLink>
      }
    >
      <Card>
        <div className="stats">
          <Stat label={t('audit.verify.sealed')} value={formatCount(sealed)} />
          <Stat label={t('audit.verify.waiting')} value={formatCount(waiting)} />
          <Stat label={t('audit.verify.heads')} value={formatCount(heads.length)} />
        </div>
      </Card>
      {verdict &&
        (verdict.ok ? (
          <output className="said">
            {t('audit.verify.good', { links: verdict.links, heads: verdict.heads, waiting: verdict.waiting })}
          </output>
        ) : (
          <div className="refused" role="alert">
            <p>{t('audit.verify.bad', { count: verdict.faults.length })}</p>
            <ul>
              {verdict.faults.map((fault) => (
                <li key={`${fault.code}${fault.seq}${fault.what}`}>
                  {t(`audit.fault.${fault.code}`, { seq: String(fault.seq), what: fault.what })}
                </li>
              ))}
            </ul>
          </div>
        ))}
      <Card title={t('audit.heads.list')}>
        <p className="muted" style={{ marginBottom: 8 }}>
          {t('audit.heads.about')}
        </p>
        <DataTable
          label={t('audit.heads.list')}
          cards
          rows={heads}
          rowKey={(row) => String(row.seq)}
          empty={<EmptyState title={t('audit.heads.none')} text={t('audit.heads.noneText')} />}
          columns={[
            {
              key: 'at',
              head: t('audit.at'),
              kind: 'nowrap',
              cell: (row) => formatMoment(row.at, session.district.timeZone),
            },
            { key: 'seq', head: t('audit.seq'), kind: 'num', cell: (row) => formatCount(row.seq) },
            {
              key: 'hash',
              head: t('audit.linkHash'),
              cell: (row) => <code className="small">{row.hash.toString('hex').slice(0, 16)}…</code>,
            },
            { key: 'reason', head: t('audit.heads.reason'), cell: (row) => row.reason },
            {
              key: 'copy',
              head: t('account.actions'),
              cell: (row) => (
                <CopyButton
                  text={headLine(headOf(row))}
                  label={t('audit.heads.copy')}
                  copied={t('account.link.copied')}
                />
              ),
            },
          ]}
        />
      </Card>
    </Screen>
  ),
})
