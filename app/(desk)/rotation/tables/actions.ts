'use server'
import { defineAction } from '@/app/_server/action.ts'
import { mapForeignColumn } from '@/lib/rotation/commands/foreign-tables.ts'

export const mapForeignColumnAction = defineAction(mapForeignColumn, { refresh: ['/rotation/tables'] })
