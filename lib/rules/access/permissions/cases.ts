import type { RightsTable } from '../rights.ts'

export const casesPermissions = {} as const satisfies RightsTable
