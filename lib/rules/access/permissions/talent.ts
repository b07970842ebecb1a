import type { RightsTable } from '../rights.ts'

export const talentPermissions = {} as const satisfies RightsTable
