import { defineExport } from '@/app/_server/export-route.ts'
import { exportSchools } from '@/lib/register/commands/export-schools.ts'

export const POST = defineExport(exportSchools)
