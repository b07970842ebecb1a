import type { RightsTable } from '../rights.ts'

export const noticesPermissions = {} as const satisfies RightsTable
