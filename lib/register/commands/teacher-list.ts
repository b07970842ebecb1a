import { z } from 'zod'
import { defineCommand, finished } from '@/lib/platform/command.ts'
import { keep } from '@/lib/platform/commands/saved-view.ts'
import { keptContent } from '@/lib/platform/queries/saved-views.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'
import { fieldView, TEACHER_FIELDS, type TeacherField } from '@/lib/rules/access/masks.ts'
import { idSchema, type TeacherId } from '@/lib/rules/values/ids.ts'
import { allTeacherIds } from '../queries/teacher-list.ts'
import { LIST_PAGE, SELECTION_PAGE, selectedIds } from '../queries/teacher-preferences.ts'
import { teacherQuery } from '../queries/teacher-query.ts'

const field = z.enum(Object.keys(TEACHER_FIELDS) as [TeacherField, ...TeacherField[]])

/** Which columns of the teacher list the person wants, and how dense the rows are. */
export const chooseColumns = defineCommand({
  name: 'register.teacher.columns',
  input: z.strictObject({ columns: z.array(field).max(40), compact: z.boolean() }),
  run: async ({ tx, actor, input, at }) => {
    const me = actor as UserActor
    const columns = input.columns.filter((column) => fieldView(me.role, column) !== null)
    await keep(tx, me, at, LIST_PAGE, '', {
      ...(await keptContent(tx, me, LIST_PAGE)),
      columns,
      compact: input.compact,
    })
    return finished(null, { message: { key: 'register.teacher.columnsKept' } })
  },
})

/**
 * The selection over pages. It lives on the server under the person's own saved views: nothing about a person stays on
 * the device, and it outlives a reload.
 */
export const selectTeachers = defineCommand({
  name: 'register.teacher.select',
  input: z.strictObject({
    add: z.array(idSchema<TeacherId>()).max(200),
    remove: z.array(idSchema<TeacherId>()).max(200),
    /** Query part of the list's address: everybody it finds. */
    all: z.string().max(2000).optional(),
    clear: z.boolean(),
  }),
  run: async ({ tx, actor, input, at }) => {
    const me = actor as UserActor
    const ids = new Set(input.clear ? [] : await selectedIds(tx, me))
    for (const id of input.add) ids.add(id)
    for (const id of input.remove) ids.delete(id)
    if (input.all !== undefined) {
      const query = teacherQuery.parse(Object.fromEntries(new URLSearchParams(input.all)))
      for (const id of await allTeacherIds(tx, me, query)) ids.add(id)
    }
    await keep(tx, me, at, SELECTION_PAGE, '', { ids: [...ids] })
    return finished({ count: ids.size })
  },
})
