import { z } from 'zod'

/** Name of the hidden field that makes a double click one effect. */
export const KEY_FIELD = '_key'

const unwrap = (schema: z.ZodType): z.ZodType => {
  let at: z.ZodType = schema
  while (
    at instanceof z.ZodOptional ||
    at instanceof z.ZodNullable ||
    at instanceof z.ZodDefault ||
    at instanceof z.ZodCatch ||
    at instanceof z.ZodPrefault
  )
    at = at.unwrap() as z.ZodType
  return at instanceof z.ZodPipe ? unwrap(at.in as z.ZodType) : at
}

/**
 * Form fields as the command's schema expects them: a field whose schema is an array takes all its values, one whose
 * schema is a boolean is true when ticked. Unknown fields stay, so that a strict schema refuses them.
 */
export function readForm(
  form: FormData,
  schema: z.ZodType,
): { input: Record<string, unknown>; idempotencyKey?: string } {
  const object = unwrap(schema)
  const shape = object instanceof z.ZodObject ? (object.shape as Record<string, z.ZodType>) : {}
  const input: Record<string, unknown> = {}
  for (const name of new Set(form.keys())) {
    if (name === KEY_FIELD || name.startsWith('$ACTION')) continue
    const field = shape[name] ? unwrap(shape[name]) : undefined
    if (field instanceof z.ZodArray) input[name] = form.getAll(name).filter((value) => value !== '')
    else if (field instanceof z.ZodBoolean) input[name] = ['on', 'true', '1'].includes(String(form.get(name)))
    else input[name] = form.get(name)
  }
  for (const [name, field] of Object.entries(shape)) {
    if (name in input) continue
    const inner = unwrap(field)
    if (inner instanceof z.ZodBoolean) input[name] = false
    if (inner instanceof z.ZodArray) input[name] = []
  }
  const key = form.get(KEY_FIELD)
  return { input, idempotencyKey: typeof key === 'string' && /^[A-Za-z0-9-]{8,64}$/.test(key) ? key : undefined }
}

/** Files of a form as name and base64 text, which a schema can look at and the key of the form can be hashed with; none chosen is absent. */
export async function readFiles(input: Record<string, unknown>): Promise<void> {
  for (const [name, value] of Object.entries(input)) {
    if (!(value instanceof File)) continue
    if (value.size === 0 && value.name === '') delete input[name]
    else input[name] = { name: value.name, content: Buffer.from(await value.arrayBuffer()).toString('base64') }
  }
}
