import { z } from 'zod'

const UUID = '00000000-0000-7000-8000-00000000abcd'

interface Shape {
  type?: string | string[]
  enum?: unknown[]
  const?: unknown
  anyOf?: Shape[]
  oneOf?: Shape[]
  allOf?: Shape[]
  properties?: Record<string, Shape>
  required?: string[]
  items?: Shape
  minItems?: number
  minimum?: number
  minLength?: number
  pattern?: string
  default?: unknown
  additionalProperties?: Shape | boolean
}

/** Some input a schema may accept, with ids that belong to nobody: enough to reach a command's gate. */
export const sampleInput = (schema: z.ZodType): unknown =>
  sampleOf(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Shape)

function sampleOf(shape: Shape): unknown {
  if (shape.const !== undefined) return shape.const
  if (shape.enum) return shape.enum[0]
  const options = shape.anyOf ?? shape.oneOf
  if (options)
    return sampleOf(options.find((option) => option.type !== 'null' && option.const !== '') ?? options[0] ?? {})
  if (shape.allOf) return sampleOf(Object.assign({}, ...shape.allOf))
  if (shape.properties || shape.type === 'object') {
    const wanted = Object.entries(shape.properties ?? {}).filter(
      ([name, inner]) => shape.required?.includes(name) || inner.default === undefined,
    )
    return Object.fromEntries(wanted.map(([name, inner]) => [name, sampleOf(inner)]))
  }
  if (shape.type === 'array') return Array.from({ length: shape.minItems ?? 1 }, () => sampleOf(shape.items ?? {}))
  if (shape.type === 'integer' || shape.type === 'number') return Math.max(1, shape.minimum ?? 1)
  if (shape.type === 'boolean') return false
  if (shape.type === 'string') {
    if (shape.pattern?.includes('[0-9a-f]{8}-')) return UUID
    if (shape.pattern && new RegExp(shape.pattern, 'u').test('2027-01-04')) return '2027-01-04'
    return 'x'.repeat(Math.max(2, shape.minLength ?? 2))
  }
  return '2027-01-04'
}
