import { defineExport } from '@/app/_server/export-route.ts'
import { exportStudios } from '@/lib/talent/commands/export-studios.ts'

export const POST = defineExport(exportStudios)
