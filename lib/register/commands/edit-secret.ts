import { eq } from 'drizzle-orm'
import { z } from 'zod'
import { teacherSecrets } from '@/db/schema/index.ts'
import { one, type Tx } from '@/db/scope.ts'
import { defineCommand, finished } from '@/lib/platform/command.ts'
import type { Keyring } from '@/lib/platform/crypto.ts'
import { readIdNumber } from '@/lib/rules/register/id-number.ts'
import { firstDayOf, monthOf } from '@/lib/rules/values/dates.ts'
import type { TeacherId } from '@/lib/rules/values/ids.ts'
import { done, type Outcome, refuse } from '@/lib/rules/values/outcome.ts'
import { keepChanges } from '../store/changes.ts'
import { lockTeacher, nextVersion } from '../store/lock-teacher.ts'
import { ofTeacher } from './inputs.ts'

export const SECRET_FIELDS = ['phone', 'idNumber', 'certificateNo', 'ethnic', 'nativePlace', 'political'] as const
export type SecretField = (typeof SECRET_FIELDS)[number]

/** Columns of a sensitive value, sealed and with its digests; an ID number also gives birth date and sex. */
function sealedColumns(keys: Keyring, teacherId: TeacherId, field: SecretField, value: string) {
  const seal = (column: string, text: string) => keys.seal({ table: 'teacher_secrets', column, rowId: teacherId }, text)
  switch (field) {
    case 'phone':
      return /^\+?[\d-]{5,20}$/.test(value)
        ? done({ secrets: { phone: seal('phone', value) }, person: {} })
        : refuse('register.refusal.phoneForm', undefined, { field: 'value' })
    case 'certificateNo':
      return done({ secrets: { certificateNo: seal('certificate_no', value) }, person: {} })
    case 'idNumber': {
      const read = readIdNumber(value)
      if (!read.ok) return refuse('register.refusal.idNumber', { fault: read.fault }, { field: 'value' })
      const { text: number, birth, sex } = read.value
      return done({
        secrets: {
          idNumber: seal('id_number', number),
          idHash: keys.lookup('idNumber', number),
          idTailHash: keys.lookup('idTail', number.slice(-4)),
          birth,
        },
        person: { birthMonth: firstDayOf(monthOf(birth)), sex },
      })
    }
    default:
      return done({ secrets: { [field]: value }, person: {} })
  }
}

/** Sets a sensitive value; what it was and is are not kept in the list of changes, only that it changed, by whom and why. */
export async function setSecret(
  context: { tx: Tx; actor: Parameters<typeof keepChanges>[0]['actor']; at: string; reason: string; keys: Keyring },
  teacherId: TeacherId,
  field: SecretField,
  value: string,
): Promise<Outcome<{ person: Record<string, unknown> }>> {
  const columns = sealedColumns(context.keys, teacherId, field, value.normalize('NFKC').trim())
  if (!columns.ok) return columns
  one(
    await context.tx
      .update(teacherSecrets)
      .set(columns.value.secrets)
      .where(eq(teacherSecrets.teacherId, teacherId))
      .returning({ id: teacherSecrets.teacherId }),
  )
  await keepChanges(context, [
    { entity: 'teacher_secrets', entityId: teacherId, teacherId, operation: 'update', field, sensitive: true },
  ])
  return done({ person: columns.value.person })
}

/** Types a sensitive value anew; the present one is not shown for it. */
export const editSecret = defineCommand({
  name: 'register.secret.edit',
  input: z.strictObject({ ...ofTeacher, field: z.enum(SECRET_FIELDS), value: z.string().trim().min(1).max(60) }),
  target: (tx, input, actor) => lockTeacher(tx, input.teacherId, actor),
  run: async ({ tx, actor, input, before, at, keys }) => {
    const context = { tx, actor, at, reason: input.reason, keys: await keys() }
    const set = await setSecret(context, before.id, input.field, input.value)
    if (!set.ok) return set
    const stepped = await nextVersion(tx, before, input.version, at, set.value.person)
    if (!stepped.ok) return stepped
    return finished(
      { id: before.id },
      {
        message: { key: 'register.done.secret' },
        audit: {
          resource: 'teacher',
          objectId: before.id,
          teacherId: before.id,
          reason: input.reason,
          details: { field: input.field },
        },
      },
    )
  },
})
