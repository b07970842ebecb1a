import { z } from 'zod'
import { FlowChart } from '@/app/_domain/charts/flow-chart.tsx'
import { definePage } from '@/app/_server/page.tsx'
import { Card, EmptyState, Screen } from '@/app/_ui/screen.tsx'
import { label } from '@/lib/i18n/vocabulary.ts'
import { roundById, roundFlows } from '@/lib/rotation/queries/rounds.ts'
import { idSchema, type RoundId } from '@/lib/rules/values/ids.ts'
import { RoundTabs } from '../../../_parts/round-tabs.tsx'

export default definePage('rotation.round.flows', {
  params: z.object({ roundId: idSchema<RoundId>() }),
  load: async (tx, { params }) => {
    const round = await roundById(tx, params.roundId)
    return round ? { round, flows: await roundFlows(tx, params.roundId) } : null
  },
  view: ({ round, flows }, { actor, t }) => {
    const path = `/rotation/rounds/${round.id}`
    const moved = flows.reduce((sum, flow) => sum + flow.count, 0)
    return (
      <Screen
        title={t('board.flows.title', { round: round.name })}
        crumbs={[
          { text: t('board.rounds.title'), href: '/rotation' },
          { text: round.name, href: path },
        ]}
      >
        <RoundTabs t={t} actor={actor} roundId={round.id} current="flows" />
        <Card>
          {flows.length === 0 ? (
            <EmptyState title={t('board.flows.none')} text={t('board.flows.noneText')} />
          ) : (
            <FlowChart
              t={t}
              text={{
                title: t('board.flows.finding', {
                  people: moved,
                  from: new Set(flows.map((flow) => flow.fromSchoolId)).size,
                  to: new Set(flows.map((flow) => flow.toSchoolId)).size,
                }),
                note: t('board.flows.note', { day: actor.today }),
              }}
              flows={flows.map((flow) => ({
                from: { id: flow.fromSchoolId, name: flow.from },
                to: { id: flow.toSchoolId, name: flow.to },
                kind: flow.subject ?? '',
                kindName: label(t, 'subject', flow.subject),
                count: flow.count,
                href: `${path}?school=${flow.toSchoolId}&side=in${flow.subject ? `&subject=${flow.subject}` : ''}`,
              }))}
              hrefOf={(_from, to) => `${path}?school=${to}&side=in`}
            />
          )}
        </Card>
      </Screen>
    )
  },
})
