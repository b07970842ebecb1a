import Link from 'next/link'
import { z } from 'zod'
import { definePage } from '@/app/_server/page.tsx'
import { ActionForm, SubmitButton, TextField } from '@/app/_ui/action-form.tsx'
import { addressOf, pagingQuery } from '@/app/_ui/address.ts'
import { DialogButton } from '@/app/_ui/dialog.tsx'
import { QueryForm, QueryText } from '@/app/_ui/query-form.tsx'
import { EmptyState, Screen, Tabs } from '@/app/_ui/screen.tsx'
import { type Column, DataTable, TableFoot } from '@/app/_ui/table.tsx'
import { formatMoment } from '@/lib/i18n/format.ts'
import type { Translate } from '@/lib/i18n/translate.ts'
import { label } from '@/lib/i18n/vocabulary.ts'
import { nobodyLeft } from '@/lib/rotation/cases/nobody-left.ts'
import { listRecusals, RECUSAL_TABS, type Recusal } from '@/lib/rotation/queries/recusals.ts'
import { mayUse } from '@/lib/rules/access/permissions.ts'
import { RotationTabs } from '../_parts/rotation-tabs.tsx'
import { endRecusalAction } from '../actions.ts'

/** 回避: declared relations in force and ended. Whoever may not read teachers speaks of them by number (SD-5). */
export default definePage('rotation.recusal.list', {
  query: z.object({
    tab: z.enum(RECUSAL_TABS).catch('inForce'),
    who: z.string().trim().max(40).optional().catch(undefined),
    ...pagingQuery,
  }),
  load: async (tx, { actor, query }) => ({
    ...(await listRecusals(tx, actor, query)),
    stuck: await nobodyLeft(tx, actor),
  }),
  view: ({ rows, counts, total, stuck }, { actor, query, session, t }) => {
    const mayEnd = mayUse(actor, 'rotation.recusal.end')
    const inForce = query.tab === 'inForce'
    const at = (moment: string) => formatMoment(moment, session.district.timeZone)
    const columns: Column<Recusal>[] = [
      { key: 'number', head: t('recusal.number'), kind: 'nowrap', cell: (row) => row.number },
      { key: 'decider', head: t('recusal.decider'), cell: (row) => deciderText(t, row) },
      ...(rows.some(({ teacher }) => teacher)
        ? [{ key: 'teacher', head: t('recusal.teacher'), cell: (row: Recusal) => teacherText(t, row) }]
        : []),
      { key: 'relation', head: t('recusal.relationHead'), cell: (row) => relationText(t, row) },
      { key: 'declared', head: t('recusal.declared'), cell: (row) => declaredText(t, row, at(row.declaredAt)) },
      ...(inForce
        ? []
        : [
            {
              key: 'ended',
              head: t('recusal.endedHead'),
              cell: (row: Recusal) => (row.endedAt ? endedText(t, row, at(row.endedAt)) : ''),
            },
            { key: 'why', head: t('recusal.endReason'), cell: (row: Recusal) => row.endReason || '—' },
          ]),
      ...(inForce && mayEnd
        ? [{ key: 'act', head: t('recusal.act'), cell: (row: Recusal) => <EndRecusal t={t} row={row} /> }]
        : []),
    ]
    return (
      <Screen title={t('recusal.title')} foot={[t('board.print.date', { day: actor.today })]}>
        {mayUse(actor, 'rotation.round.list') && <RotationTabs t={t} actor={actor} current="recusals" />}
        <p className="muted" style={{ marginBottom: 8 }}>
          {t(mayEnd ? 'recusal.aboutSecurity' : 'recusal.about')}
        </p>
        {stuck > 0 && (
          <p className="warned">
            {t('case.notification.nobodyLeft', { count: stuck })} <Link href="/accounts">{t('recusal.grantRole')}</Link>
          </p>
        )}
        <Tabs
          label={t('recusal.title')}
          items={RECUSAL_TABS.map((tab) => ({
            text: `${t(`recusal.tab.${tab}`)} ${counts[tab]}`,
            href: addressOf('/rotation/recusals', { tab }),
            current: tab === query.tab,
          }))}
        />
        {(query.who || counts.inForce + counts.ended > 10) && (
          <QueryForm t={t} path="/rotation/recusals" keep={{ tab: query.tab }}>
            <QueryText
              name="who"
              label={t(mayUse(actor, 'register.teacher.list') ? 'recusal.who' : 'recusal.whoSecurity')}
              value={query.who}
            />
          </QueryForm>
        )}
        <DataTable
          label={t(`recusal.tab.${query.tab}`)}
          cards
          rows={rows}
          rowKey={(row) => row.id}
          columns={columns}
          empty={
            query.who ? (
              <EmptyState title={t('recusal.noneFound')} text={t('recusal.noneFoundText')} />
            ) : (
              <EmptyState
                title={t(`recusal.none.${query.tab}`)}
                text={t(mayEnd ? 'recusal.noneTextSecurity' : 'recusal.noneText')}
              />
            )
          }
        />
        <TableFoot
          t={t}
          total={total}
          page={query.page}
          size={query.size}
          href={(change) => addressOf('/rotation/recusals', { ...query, ...change })}
        />
      </Screen>
    )
  },
})

const deciderText = (t: Translate, { decider, post }: Recusal) =>
  [decider, post && t(`platform.role.${post.role}`), post?.school].filter(Boolean).join(' · ')

const teacherText = (t: Translate, { teacher }: Recusal) =>
  teacher
    ? [teacher.name, teacher.school, teacher.subject && label(t, 'subject', teacher.subject)]
        .filter(Boolean)
        .join(' · ')
    : t('recusal.hidden')

const relationText = (t: Translate, { relation, reason }: Recusal) =>
  reason
    ? t('recusal.relationWith', { relation: t(`recusal.relation.${relation}`), reason })
    : t(`recusal.relation.${relation}`)

const declaredText = (t: Translate, { byAnother, byTeacher, declaredBy }: Recusal, at: string) => {
  if (byTeacher) return t('recusal.declaredByTeacher', { at })
  if (!byAnother) return t('recusal.declaredByOneself', { at })
  return declaredBy ? t('recusal.declaredBy', { at, by: declaredBy }) : t('recusal.declaredByAnother', { at })
}

const endedText = (t: Translate, { endedBy }: Recusal, at: string) =>
  endedBy ? t('recusal.ended', { at, by: endedBy }) : t('recusal.endedNoName', { at })

/** Says what ending does before it is done, and asks what it rests on. */
function EndRecusal({ t, row }: { t: Translate; row: Recusal }) {
  return (
    <DialogButton label={t('recusal.end')} title={t('recusal.end')} close={t('platform.close')}>
      <p style={{ marginBottom: 10 }}>{t('recusal.endEffect', { number: row.number, name: deciderText(t, row) })}</p>
      <ActionForm action={endRecusalAction} hidden={{ recusalId: row.id }} closeDialog>
        <TextField
          name="reason"
          label={t('recusal.endReason')}
          hint={t('recusal.endReasonHint')}
          required
          maxLength={200}
        />
        <SubmitButton kind="danger">{t('recusal.endNow')}</SubmitButton>
      </ActionForm>
    </DialogButton>
  )
}
