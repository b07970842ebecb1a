import type { PlanContext } from '../plan/person-context.ts'
import { ReservePlanner } from '../plan/reserve-plan.ts'
import { SchoolPlanner } from '../plan/school-plan.ts'
import { StudioPlanner } from '../plan/studio-plan.ts'
import type { PlanOptions, WholePlanner } from '../plan/whole-plan.ts'
import type { ImportKind } from './entries.ts'

type Make = (context: PlanContext, options: PlanOptions) => unknown

const PLANNERS: Partial<Record<ImportKind, Make>> = {
  schools: (context, options) => new SchoolPlanner(context, options),
  studios: (context, options) => new StudioPlanner(context, options),
  reserve: (context, options) => new ReservePlanner(context, options),
}

/** The planner of a list that is planned as one; null where rows come piece by piece. Its rows are of its own kind. */
export const wholePlanner = (kind: ImportKind, context: PlanContext, options: PlanOptions): WholePlanner | null =>
  (PLANNERS[kind]?.(context, options) as WholePlanner | undefined) ?? null
