import type { RightsTable } from '../rights.ts'

export const importsPermissions = {} as const satisfies RightsTable
