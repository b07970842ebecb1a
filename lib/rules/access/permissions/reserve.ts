import type { RightsTable } from '../rights.ts'

export const reservePermissions = {} as const satisfies RightsTable
