import type { RightsTable } from '../rights.ts'

export const plannerPermissions = {} as const satisfies RightsTable
