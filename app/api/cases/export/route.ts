import { defineExport } from '@/app/_server/export-route.ts'
import { exportCases } from '@/lib/rotation/commands/export-cases.ts'

export const POST = defineExport(exportCases)
