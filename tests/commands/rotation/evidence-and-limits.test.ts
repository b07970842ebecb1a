import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { districts, exemptions, exportLog, reveals } from '@/db/schema/index.ts'
import { translator } from '@/lib/i18n/translate.ts'
import { find } from '@/lib/registry/finder.ts'
import { createCase } from '@/lib/rotation/commands/create-case.ts'
import { askExemption } from '@/lib/rotation/commands/exemption-commands.ts'
import { readEvidence } from '@/lib/rotation/commands/exemption-evidence.ts'
import { exportCases } from '@/lib/rotation/commands/export-cases.ts'
import { aRoundDistrict, type RoundDistrict } from '@/tests/support/round-district.ts'

let d: RoundDistrict
const folder = mkdtempSync(join(tmpdir(), 'junheng-files-'))
const before = process.env.JUNHENG_DATA
beforeAll(async () => {
  process.env.JUNHENG_DATA = folder
  d = await aRoundDistrict()
})
afterAll(async () => {
  await d.close()
  if (before === undefined) delete process.env.JUNHENG_DATA
  else process.env.JUNHENG_DATA = before
  rmSync(folder, { recursive: true, force: true })
})
const PDF = Buffer.from('%PDF-1.7 证明')
const ask = (content: Buffer) => ({
  rule: 'R-ELIG-7',
  outcome: 'deferred',
  from: '2026-06-01',
  until: '2026-12-31',
  reason: '住院',
  evidence: { name: '诊断证明.pdf', content: content.toString('base64') },
})

describe('f3 evidence of a deferral', () => {
  let exemptionId: string
  test('kept encrypted when it is a scan, refused when its bytes are something else', async () => {
    expect(await d.run(askExemption, 't1', ask(Buffer.from('MZ not a scan')))).toMatchObject({
      ok: false,
      refusals: [{ code: 'platform.refusal.fileKind', field: 'evidence' }],
    })
    const asked = await d.run(askExemption, 't1', ask(PDF))
    if (!asked.ok) throw new Error(JSON.stringify(asked.refusals))
    exemptionId = asked.value.value.exemptionId
    const [row] = await d.asSystem((tx) => tx.select().from(exemptions).where(eq(exemptions.id, exemptionId)))
    expect(row?.evidenceFileId).not.toBeNull()
  })

  test('the teacher opens their own; a clerk only with the flag and a reason, and the look is on record', async () => {
    const own = await d.run(readEvidence, 't1', { exemptionId })
    expect(own.ok && own.value.value.content.equals(PDF)).toBe(true)
    expect(await d.run(readEvidence, 'hr1', { exemptionId, reason: '核验材料' })).toMatchObject({
      ok: false,
      refusals: [{ code: 'policy.refusal.noEvidence' }],
    })
    const clerk = { ...d.actors.hr2!, flags: ['evidence'] }
    expect(await d.run(readEvidence, clerk, { exemptionId })).toMatchObject({
      ok: false,
      refusals: [{ code: 'register.refusal.reasonMissing' }],
    })
    expect((await d.run(readEvidence, clerk, { exemptionId, reason: '核验材料' })).ok).toBe(true)
    const looks = await d.as('t1', (tx) => tx.select().from(reveals))
    expect(looks).toMatchObject([{ subject: 'evidence', byName: 'hr2', reason: '核验材料' }])
  })

  test('a school neither sees nor opens it', async () => {
    expect(await d.run(readEvidence, 'pA', { exemptionId, reason: '看看' })).toMatchObject({
      ok: false,
      refusals: [{ code: 'platform.refusal.forbidden' }],
    })
  })
})

describe('a list that leaves the system', () => {
  test('goes with a purpose and its people on record; more than the hourly limit does not', async () => {
    const made = await d.run(createCase, 'hr1', {
      roundId: d.roundId,
      teacherId: d.staff.A[3],
      toSchoolId: d.schools.B,
      reason: '',
      submit: true,
    })
    if (!made.ok) throw new Error(JSON.stringify(made.refusals))
    await d.asSystem((tx) => tx.update(districts).set({ settings: { limits: { exportsPerHour: 1 } } }))
    const wanted = { purpose: '上会', filter: `round=${d.roundId}`, locale: 'zh-CN' }
    expect((await d.run(exportCases, 'hr1', wanted)).ok).toBe(true)
    const [logged] = await d.asSystem((tx) => tx.select().from(exportLog))
    expect(logged).toMatchObject({ purpose: '上会', rowCount: 1, teacherIds: [d.staff.A[3]] })
    expect(await d.run(exportCases, 'hr1', wanted)).toMatchObject({
      ok: false,
      refusals: [{ code: 'platform.refusal.tooManyExports', values: { limit: 1 } }],
    })
    expect((await d.run(exportCases, 'hr2', wanted)).ok).toBe(true)
  })

  test('the finder opens a case by its person', async () => {
    const found = await d.as('hr1', (tx) => find(tx, d.actors.hr1!, '演示004', translator('zh-CN')))
    expect(found.map(({ kind }) => kind)).toEqual(['person', 'case'])
    expect((await d.as('pC', (tx) => find(tx, d.actors.pC!, '演示004', translator('zh-CN')))).length).toBe(0)
  })
})
