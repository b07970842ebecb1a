import { expect } from 'vitest'
import { withScope } from '@/db/scope.ts'
import { valuesAsked } from '@/lib/i18n/filled.ts'
import { translator } from '@/lib/i18n/translate.ts'
import type { SystemActor } from '@/lib/rules/access/actor.ts'

/** Every request made so far keeps each value that its sentences ask for. @returns the operations looked at */
export async function expectWholeSummaries(system: SystemActor): Promise<Set<string>> {
  const t = translator('zh-CN')
  const requests = await withScope(system, (tx) => tx.query.approvals2.findMany())
  for (const { operation, summary } of requests)
    for (const part of ['summary', 'effect'])
      expect(Object.keys(summary as object), operation).toEqual(
        expect.arrayContaining(valuesAsked(t, `twoPerson.${part}.${operation}`)),
      )
  return new Set(requests.map(({ operation }) => operation))
}
