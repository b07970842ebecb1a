import { z } from 'zod'
import { defineRoute } from '@/app/_server/route.ts'
import type { ScenarioId } from '@/lib/rotation/inputs/scenarios.ts'
import { scenarioSummary } from '@/lib/rotation/queries/scenarios.ts'
import { idSchema, type RoundId } from '@/lib/rules/values/ids.ts'
import { progressAnswer } from '../../_parts/progress-lines.ts'

export const GET = defineRoute('rotation.scenario.view', {
  params: z.object({ roundId: idSchema<RoundId>(), scenarioId: idSchema<ScenarioId>() }),
  query: z.object({}),
  handle: async (tx, { params, t }) => {
    const row = await scenarioSummary(tx, params.scenarioId)
    if (!row) return new Response(null, { status: 404 })
    return Response.json(progressAnswer(t, row, Date.now()))
  },
})
