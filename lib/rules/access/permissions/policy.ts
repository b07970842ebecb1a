import type { RightsTable } from '../rights.ts'

export const policyPermissions = {} as const satisfies RightsTable
