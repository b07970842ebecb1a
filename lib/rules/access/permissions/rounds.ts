import type { RightsTable } from '../rights.ts'

export const roundsPermissions = {} as const satisfies RightsTable
