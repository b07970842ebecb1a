import { z } from 'zod'
import { definePage } from '@/app/_server/page.tsx'
import { ActionForm, SubmitButton } from '@/app/_ui/action-form.tsx'
import { addressOf, pagingQuery } from '@/app/_ui/address.ts'
import { Card, EmptyState, Screen, Tabs } from '@/app/_ui/screen.tsx'
import { DataTable, TableFoot } from '@/app/_ui/table.tsx'
import { listService, type ServiceListRow } from '@/lib/rotation/queries/service.ts'
import { type CaseId, idSchema } from '@/lib/rules/values/ids.ts'
import { RotationTabs } from '../_parts/rotation-tabs.tsx'
import { ServiceActs } from './_parts/service-acts.tsx'
import { checkAssessmentAction, completeServiceAction } from './actions.ts'

const PARTS = ['serving', 'over', 'ended'] as const
const query = z.object({
  ...pagingQuery,
  part: z.enum(PARTS).catch('serving'),
  case: idSchema<CaseId>().optional().catch(undefined),
})

export default definePage('rotation.service.list', {
  query,
  load: (tx, { query: asked, actor }) => listService(tx, { ...asked, caseId: asked.case }, actor.today),
  view: ({ rows, total }, { t, actor, query: asked }) => {
    const isHr = actor.role === 'bureau_hr'
    const over = rows.filter(({ row }) => row.state === 'serving' && row.endsOn !== null && row.endsOn < actor.today)
    return (
      <Screen title={t('posting.title')}>
        <RotationTabs t={t} actor={actor} current="service" />
        <Tabs
          label={t('posting.parts')}
          items={PARTS.map((part) => ({
            text: t(`posting.part.${part}`),
            href: addressOf('/rotation/service', { part }),
            current: !asked.case && part === asked.part,
          }))}
        />
        {isHr && over.length > 0 && (
          <Card title={t('posting.complete.title')}>
            <ActionForm action={completeServiceAction}>
              {over.map(({ row }) => (
                <input key={row.id} type="hidden" name="caseIds" value={row.id} />
              ))}
              <p className="noted">{t('posting.complete.effect', { count: over.length })}</p>
              <div className="actions">
                <SubmitButton>{t('posting.complete.submit', { count: over.length })}</SubmitButton>
              </div>
            </ActionForm>
          </Card>
        )}
        <DataTable
          label={t('posting.title')}
          rows={rows}
          rowKey={({ row }) => row.id}
          cards
          empty={<EmptyState title={t('posting.none')} text={t('posting.noneText')} />}
          columns={[
            {
              key: 'teacher',
              head: t('order.column.teacher'),
              cell: ({ teacher, from }) => t('posting.who', { teacher, from }),
            },
            { key: 'to', head: t('notice.entry.destination'), cell: ({ to }) => to ?? '—' },
            {
              key: 'term',
              head: t('notice.entry.term'),
              cell: ({ row }) =>
                row.endsOn
                  ? t('notice.period', { from: row.startsOn, until: row.endsOn })
                  : t('posting.since', { from: row.startsOn }),
            },
            { key: 'state', head: t('order.column.state'), cell: ({ row }) => t(`order.caseState.${row.state}`) },
            {
              key: 'assessed',
              head: t('posting.assess.column'),
              cell: (found) => <Assessments found={found} isHr={isHr} t={t} />,
            },
            {
              key: 'act',
              head: t('order.column.act'),
              cell: (found) => (
                <div className="actions">
                  <ServiceActs t={t} actor={actor} found={found} />
                </div>
              ),
            },
          ]}
        />
        <TableFoot
          t={t}
          total={total}
          page={asked.page}
          size={asked.size}
          href={(change) => addressOf('/rotation/service', { ...asked, ...change })}
        />
      </Screen>
    )
  },
})

function Assessments({
  found,
  isHr,
  t,
}: {
  found: ServiceListRow
  isHr: boolean
  t: Parameters<typeof ServiceActs>[0]['t']
}) {
  if (found.assessments.length === 0) return <span className="muted">{t('posting.assess.none')}</span>
  return found.assessments.map((said) => (
    <div key={said.id}>
      {t('posting.assess.said', { year: said.year, result: t(`posting.assess.results.${said.result}`) })}{' '}
      {said.checkedBy ? (
        <span className="small muted">{t('posting.assess.inRegister')}</span>
      ) : isHr ? (
        <ActionForm action={checkAssessmentAction} hidden={{ assessmentId: said.id, version: said.version }}>
          <p className="small">{said.comment}</p>
          <SubmitButton kind="plain">{t('posting.assess.check')}</SubmitButton>
        </ActionForm>
      ) : (
        <span className="small muted">{t('posting.assess.waits')}</span>
      )}
    </div>
  ))
}
