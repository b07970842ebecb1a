import { defineExport } from '@/app/_server/export-route.ts'
import { exportCandidates } from '@/lib/reserve/commands/export-candidates.ts'

export const POST = defineExport(exportCandidates)
