import { z } from 'zod'
import { attachment, defineRoute } from '@/app/_server/route.ts'
import type { ScenarioId } from '@/lib/rotation/inputs/scenarios.ts'
import { exportedScenario } from '@/lib/rotation/queries/scenario-export.ts'
import { idSchema, type RoundId } from '@/lib/rules/values/ids.ts'

/** The instance exactly as hashed, or its result: ids reveal nobody, schools go by code. */
export const GET = defineRoute('rotation.scenario.export', {
  params: z.object({ roundId: idSchema<RoundId>(), scenarioId: idSchema<ScenarioId>() }),
  query: z.object({ what: z.enum(['instance', 'result']).catch('instance') }),
  handle: async (tx, { actor, params, query }) => {
    const file = await exportedScenario(tx, actor, params.scenarioId, query.what)
    if (!file) return new Response(null, { status: 404 })
    return attachment(file.body, file.name, 'application/json')
  },
})
