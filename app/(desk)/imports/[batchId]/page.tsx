import { z } from 'zod'
import { definePage } from '@/app/_server/page.tsx'
import { pagingQuery, textQuery } from '@/app/_ui/address.ts'
import { Screen } from '@/app/_ui/screen.tsx'
import { choicesOf, understandingOf } from '@/lib/register/imports/run/batch.ts'
import { isPageBatch } from '@/lib/register/imports/run/page-batch.ts'
import { findBatch, listRows, ROW_PARTS, type RowPart } from '@/lib/register/queries/imports.ts'
import { schoolOptions } from '@/lib/register/queries/schools.ts'
import { mayActOn } from '@/lib/rules/access/permissions.ts'
import { type BatchId, idSchema } from '@/lib/rules/values/ids.ts'
import { BatchState } from '../_parts/state.tsx'
import { BatchHead } from './_parts/batch-head.tsx'
import { Figures } from './_parts/figures.tsx'
import { RowList } from './_parts/row-list.tsx'
import { Understood } from './_parts/understood.tsx'

const query = z.object({ ...pagingQuery, part: z.enum(ROW_PARTS).optional().catch(undefined), who: textQuery })

/** What there is to look at first: trouble before news. */
const FIRST: RowPart[] = ['conflict', 'refused', 'changed', 'new', 'missing', 'warning', 'unchanged']

export default definePage('import.batch.view', {
  params: z.object({ batchId: idSchema<BatchId>() }),
  query,
  load: async (tx, { params, query, actor }) => {
    const found = await findBatch(tx, params.batchId)
    if (!found || !mayActOn(actor, 'import.batch.view', { schools: [found.batch.schoolId] })) return null
    const counts = (found.batch.counts ?? {}) as Record<string, number>
    const named = (part: RowPart) =>
      counts[part === 'conflict' ? 'conflicts' : part === 'warning' ? 'warnings' : part] ?? 0
    const part = query.part ?? FIRST.find((one) => named(one) > 0) ?? 'unchanged'
    const noSchools = found.batch.kind !== 'schools' && (await schoolOptions(tx)).length === 0
    return { ...found, noSchools, part, list: await listRows(tx, params.batchId, { ...query, part }) }
  },
  view: ({ batch, isBusy, noSchools, part, list }, { actor, session, query, t }) => {
    const understanding = understandingOf(batch)
    const isRead = batch.counts !== null && !['uploaded', 'reading', 'refused'].includes(batch.state)
    return (
      <Screen
        title={batch.fileName}
        crumbs={[
          { text: t('import.page.people'), href: '/teachers' },
          { text: t('import.page.title'), href: '/imports' },
        ]}
        tools={<BatchState state={batch.state} t={t} />}
      >
        <BatchHead
          batch={batch}
          isBusy={isBusy}
          noSchools={noSchools}
          actor={actor}
          timeZone={session.district.timeZone}
          t={t}
        />
        {isRead && <Figures batch={batch} part={part} t={t} />}
        {['ready', 'refused'].includes(batch.state) && !isPageBatch(batch) && (
          <Understood batch={batch} understanding={understanding} today={actor.today} t={t} />
        )}
        {isRead && (
          <RowList batch={batch} choices={choicesOf(batch)} part={part} query={query} list={list} actor={actor} t={t} />
        )}
      </Screen>
    )
  },
})
