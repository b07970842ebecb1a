import type { ReactNode } from 'react'
import type { Action } from '@/app/_server/action.ts'
import type { Translate } from '@/lib/i18n/translate.ts'
import type { TeacherView } from '@/lib/register/queries/teacher-view.ts'
import type { PersonTask } from '@/lib/rules/register/person-tasks.ts'

export interface TaskProps {
  t: Translate
  task: PersonTask
  view: TeacherView
  schools: { id: string; name: string }[]
  today: string
}

/** Where a task's form goes and what it asks. */
export interface TaskFields {
  action: Action
  fields: ReactNode
  hidden?: Record<string, string | number>
}

/** @returns null where the person's record leaves nothing to do */
export type Make = (props: TaskProps) => TaskFields | null
