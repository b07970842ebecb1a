import { z } from 'zod'
import { definePage } from '@/app/_server/page.tsx'
import { pagingQuery, textQuery } from '@/app/_ui/address.ts'
import type { ScenarioId } from '@/lib/rotation/inputs/scenarios.ts'
import { aheadListQuery } from '@/lib/rotation/inputs/scenarios.ts'
import { sealedUntil } from '@/lib/rotation/queries/plan-preview.ts'
import { roundById } from '@/lib/rotation/queries/rounds.ts'
import { SCENARIO_TABS, scenarioPage } from '@/lib/rotation/queries/scenario-page.ts'
import { idSchema, type RoundId } from '@/lib/rules/values/ids.ts'
import { ScenarioScreen } from '../_parts/scenario-screen.tsx'

export default definePage('rotation.scenario.view', {
  params: z.object({ roundId: idSchema<RoundId>(), scenarioId: idSchema<ScenarioId>() }),
  query: z.object({
    tab: z.enum(SCENARIO_TABS).catch('result'),
    who: textQuery,
    school: textQuery,
    backbone: textQuery,
    wished: textQuery,
    code: textQuery,
    said: textQuery,
    list: aheadListQuery,
    ...pagingQuery,
  }),
  load: async (tx, { actor, params, query }) => {
    const round = await roundById(tx, params.roundId)
    const page = await scenarioPage(tx, params.scenarioId, query.tab, actor, {
      who: query.who,
      ahead: query.list && { ...query.list, page: query.page, size: query.size },
    })
    return round && page && page.view.row.roundId === round.id ? { round, page } : null
  },
  view: ({ round, page }, { actor, query, session, t }) => (
    <ScenarioScreen
      t={t}
      actor={actor}
      timeZone={session.district.timeZone}
      page={page}
      query={query}
      path={`/rotation/rounds/${round.id}/plan/${page.view.row.id}`}
      round={{
        id: round.id,
        name: round.name,
        isOpen: round.state === 'open',
        sealedUntil: sealedUntil(round, actor.today),
      }}
    />
  ),
})
