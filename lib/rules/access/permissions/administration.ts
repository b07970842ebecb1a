import type { RightsTable } from '../rights.ts'

export const administrationPermissions = {} as const satisfies RightsTable
