import Link from 'next/link'
import { z } from 'zod'
import { CaseStateWord } from '@/app/_domain/case-state.tsx'
import { definePage } from '@/app/_server/page.tsx'
import { addressOf, pagingQuery } from '@/app/_ui/address.ts'
import { Card, EmptyState, Screen, State, Tabs } from '@/app/_ui/screen.tsx'
import { DataTable, TableFoot } from '@/app/_ui/table.tsx'
import { formatMoment } from '@/lib/i18n/format.ts'
import { label } from '@/lib/i18n/vocabulary.ts'
import { INBOX_SOURCES } from '@/lib/registry/inbox.ts'
import { INBOX_TABS, inboxCounts, inboxList } from '@/lib/rotation/queries/inbox.ts'
import { mayUse } from '@/lib/rules/access/permissions.ts'
import { SelectAll } from '../rotation/_parts/select-all.tsx'

const BULK: Record<string, readonly string[]> = {
  principal: ['approve', 'return'],
  bureau_hr: ['check', 'return'],
  school_hr: ['submit'],
}

/** 待办 / 已办 / 我发起 / 抄送. What waits elsewhere (two-person requests, corrections …) is named above with its number. */
export default definePage('platform.inbox.view', {
  query: z.object({ tab: z.enum(INBOX_TABS).catch('todo'), ...pagingQuery }),
  load: async (tx, { actor, query }) => {
    const others = []
    for (const source of INBOX_SOURCES) {
      if (source.kind === 'case') continue
      const count = await source.count(tx, actor)
      if (count > 0) others.push({ kind: source.kind, count, href: source.href })
    }
    return {
      others,
      counts: await inboxCounts(tx, actor),
      list: await inboxList(tx, actor, query.tab, { size: query.size, skip: (query.page - 1) * query.size }),
    }
  },
  view: ({ others, counts, list }, { actor, query, session, t }) => {
    const at = (change: Record<string, string | number | undefined>) => addressOf('/inbox', { ...query, ...change })
    const bulk = query.tab === 'todo' && mayUse(actor, 'rotation.case.bulk') ? (BULK[actor.role] ?? []) : []
    return (
      <Screen title={t('board.inbox.title')}>
        {others.length > 0 && (
          <Card>
            <ul className="actions">
              {others.map((other) => (
                <li key={other.kind}>
                  <Link className="button" href={other.href as never}>
                    {t(`board.inbox.other.${other.kind.replaceAll('.', '_')}`)}{' '}
                    <span className="count">{other.count}</span>
                  </Link>
                </li>
              ))}
            </ul>
          </Card>
        )}
        <Tabs
          label={t('board.inbox.title')}
          items={INBOX_TABS.filter((tab) => tab !== 'recused' || counts.recused > 0 || query.tab === 'recused').map(
            (tab) => ({
              text: `${t(`board.inbox.tab.${tab}`)} ${counts[tab]}`,
              href: addressOf('/inbox', { tab }),
              current: tab === query.tab,
            }),
          )}
        />
        <form action="/rotation/bulk" method="get">
          <input type="hidden" name="back" value="inbox" />
          {bulk.length > 0 && list.items.length > 0 && (
            <div className="selection no-print">
              <span>{t('board.bulk.selected')}</span>
              {bulk.map((action) => (
                <button key={action} className="button" type="submit" name="action" value={action}>
                  {t(`board.bulk.action.${action}`)}
                </button>
              ))}
            </div>
          )}
          <DataTable
            label={t(`board.inbox.tab.${query.tab}`)}
            rows={list.items}
            rowKey={(item) => item.caseId}
            cards
            lead={
              bulk.length > 0
                ? {
                    head: <SelectAll label={t('board.bulk.all')} name="case" />,
                    cell: (item) => (
                      <input
                        type="checkbox"
                        name="case"
                        value={item.caseId}
                        aria-label={t('board.bulk.pick', { name: item.name })}
                      />
                    ),
                  }
                : undefined
            }
            empty={<EmptyState title={t(`board.inbox.none.${query.tab}`)} text={t('board.inbox.noneText')} />}
            columns={[
              {
                key: 'name',
                head: t('board.case.person'),
                cell: (item) => (
                  <Link href={`/rotation/cases/${item.caseId}` as never}>
                    {item.name || t('board.case.hidden')} · {label(t, 'subject', item.subject)}
                  </Link>
                ),
              },
              {
                key: 'move',
                head: t('board.inbox.move'),
                cell: (item) => `${item.fromSchool} → ${item.toSchool ?? t('board.case.noDestination')}`,
              },
              {
                key: 'task',
                head: t('board.inbox.task'),
                cell: (item) =>
                  query.tab === 'recused'
                    ? t(`recusal.taker.${item.taker ?? 'later'}`)
                    : item.task
                      ? t(`board.inbox.does.${item.task}`)
                      : item.myAction
                        ? t(`board.action.${item.myAction}`)
                        : '',
              },
              { key: 'state', head: t('board.case.state'), cell: (item) => <CaseStateWord t={t} state={item.state} /> },
              {
                key: 'due',
                head: t('board.case.due'),
                kind: 'nowrap',
                cell: (item) =>
                  item.dueOn ? (
                    item.isLate ? (
                      <State kind="bad">{t('board.case.late', { day: item.dueOn })}</State>
                    ) : (
                      item.dueOn
                    )
                  ) : item.myActionAt ? (
                    formatMoment(item.myActionAt, session.district.timeZone)
                  ) : (
                    ''
                  ),
              },
              {
                key: 'round',
                head: t('board.inbox.round'),
                kind: 'clip',
                title: (item) => item.round,
                cell: (item) => item.round,
              },
            ]}
          />
        </form>
        <TableFoot t={t} total={list.total} page={query.page} size={query.size} href={at} />
      </Screen>
    )
  },
})
