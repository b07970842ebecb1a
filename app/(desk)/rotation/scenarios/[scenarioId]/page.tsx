import { redirect } from 'next/navigation'
import { z } from 'zod'
import { definePage } from '@/app/_server/page.tsx'
import { pagingQuery, textQuery } from '@/app/_ui/address.ts'
import type { ScenarioId } from '@/lib/rotation/inputs/scenarios.ts'
import { SCENARIO_TABS, scenarioPage } from '@/lib/rotation/queries/scenario-page.ts'
import { idSchema } from '@/lib/rules/values/ids.ts'
import { ScenarioScreen } from '../../rounds/[roundId]/plan/_parts/scenario-screen.tsx'

/** A scenario by its id alone: one of a round is shown there, one opened from elsewhere here, read-only. */
export default definePage('rotation.scenario.view', {
  params: z.object({ scenarioId: idSchema<ScenarioId>() }),
  query: z.object({
    tab: z.enum(SCENARIO_TABS).catch('result'),
    who: textQuery,
    school: textQuery,
    backbone: textQuery,
    wished: textQuery,
    code: textQuery,
    ...pagingQuery,
  }),
  load: (tx, { actor, params, query }) => scenarioPage(tx, params.scenarioId, query.tab, actor, { who: query.who }),
  view: (page, { actor, query, session, t }) => {
    const { row } = page.view
    if (row.roundId) redirect(`/rotation/rounds/${row.roundId}/plan/${row.id}`)
    return (
      <ScenarioScreen
        t={t}
        actor={actor}
        timeZone={session.district.timeZone}
        page={page}
        query={query}
        path={`/rotation/scenarios/${row.id}`}
        round={null}
      />
    )
  },
})
