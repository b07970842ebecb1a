import type { RightsTable } from '../rights.ts'

export const registerPermissions = {} as const satisfies RightsTable
