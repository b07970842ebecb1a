import Link from 'next/link'
import { Fragment } from 'react'
import { z } from 'zod'
import { definePage } from '@/app/_server/page.tsx'
import { ActionForm, SubmitButton } from '@/app/_ui/action-form.tsx'
import { CopyButton } from '@/app/_ui/dialog.tsx'
import { Card, EmptyState, Facts, Screen, State } from '@/app/_ui/screen.tsx'
import { DataTable } from '@/app/_ui/table.tsx'
import { formatCount, formatMoment } from '@/lib/i18n/format.ts'
import type { Translate } from '@/lib/i18n/translate.ts'
import { dayIn, type Instant } from '@/lib/platform/clock.ts'
import { fieldText } from '@/lib/register/queries/cell-words.ts'
import { findCollection, ownRows, pageCells } from '@/lib/register/queries/collections.ts'
import { idSchema } from '@/lib/rules/values/ids.ts'
import { closeCollectionAction } from '../actions.ts'
import { OwnPart } from './_parts/own-part.tsx'
import { PartState } from './_parts/part-state.tsx'

type Found = NonNullable<Awaited<ReturnType<typeof findCollection>>>
type Part = Found['parts'][number]

export default definePage('collection.task.view', {
  params: z.object({ collectionId: idSchema<string>() }),
  load: async (tx, { params, actor }) => {
    const found = await findCollection(tx, params.collectionId)
    if (!found) return null
    const own =
      actor.role === 'bureau_hr' ? null : found.parts.find(({ schoolId }) => actor.schoolIds.includes(schoolId))
    if (actor.role !== 'bureau_hr' && !own) return null
    return {
      ...found,
      own: own ?? null,
      rows: own ? await ownRows(tx, own.schoolId, actor.today) : [],
      cells: own ? await pageCells(tx, found.task.id, own.schoolId) : new Map(),
    }
  },
  view: ({ task, parts, own, rows, cells }, { actor, session, t }) => {
    const due = formatMoment(task.dueAt, session.district.timeZone)
    // by the district's day, which a demo or a rehearsal moves on
    const late = dayIn(session.district.timeZone, task.dueAt as Instant) < actor.today
    const open = parts.filter(({ state }) => state !== 'confirmed')
    return (
      <Screen title={task.title} crumbs={[{ text: t('collection.title'), href: '/collections' }]}>
        <Card>
          <Facts
            items={[
              { label: t('collection.due'), value: due },
              {
                label: t('collection.columns'),
                value: task.columns.map((column) => fieldText(t, column)).join(t('import.row.separator')),
              },
              ...(task.note ? [{ label: t('collection.note'), value: task.note }] : []),
            ]}
          />
        </Card>
        {own ? (
          <OwnPart {...{ task, part: own, rows, cells, late, t }} role={actor.role} />
        ) : (
          <>
            <div className="card">
              <p>
                <strong>{t('collection.ofSchools', { done: parts.length - open.length, all: parts.length })}</strong>
                {late && open.length > 0 && (
                  <>
                    {' '}
                    · <State kind="bad">{t('collection.lateCount', { count: open.length })}</State>
                  </>
                )}
              </p>
              <div className="actions">
                {open.length > 0 && (
                  <CopyButton
                    label={t('collection.copy')}
                    copied={t('collection.copied')}
                    text={t('collection.reminder', {
                      title: task.title,
                      due,
                      schools: open.map(({ name }) => name).join(t('import.row.separator')),
                      count: open.length,
                    })}
                  />
                )}
                {!task.closedAt && (
                  <ActionForm action={closeCollectionAction} hidden={{ collectionId: task.id }} className="actions">
                    <SubmitButton kind="plain">{t('collection.close')}</SubmitButton>
                  </ActionForm>
                )}
              </div>
            </div>
            <Schools {...{ parts, late, timeZone: session.district.timeZone, t }} />
          </>
        )}
      </Screen>
    )
  },
})

function Schools({ parts, late, timeZone, t }: { parts: Part[]; late: boolean; timeZone: string; t: Translate }) {
  return (
    <DataTable
      label={t('collection.title')}
      rows={parts}
      rowKey={(part) => part.schoolId}
      cards
      empty={<EmptyState title={t('collection.empty')} />}
      columns={[
        { key: 'school', head: t('import.field.school'), cell: (part) => part.name },
        { key: 'state', head: t('import.page.state'), cell: (part) => <PartState part={part} late={late} t={t} /> },
        { key: 'changed', head: t('collection.changed'), kind: 'num', cell: (part) => <Changed part={part} /> },
        {
          key: 'waiting',
          head: t('collection.waiting'),
          cell: (part) => (
            <ul className="actions">
              {part.waiting.map(({ id, changed, isPage }) => (
                <li key={id}>
                  <Link href={`/imports/${id}` as never}>
                    {t(isPage ? 'collection.toCheckPage' : 'collection.toCheck', { count: changed })}
                  </Link>
                </li>
              ))}
            </ul>
          ),
        },
        {
          key: 'by',
          head: t('collection.by'),
          kind: 'nowrap',
          cell: (part) =>
            part.confirmedAt ? `${part.confirmedByName} ${formatMoment(part.confirmedAt, timeZone)}` : '',
        },
      ]}
    />
  )
}

/** How many people a school's workbooks and page edits have changed; opens what, batch by batch where there are several. */
function Changed({ part }: { part: Part }) {
  const total = formatCount(part.changed.reduce((sum, { changed }) => sum + changed, 0))
  const href = (id: string) => `/imports/${id}?part=changed` as never
  const [only, ...more] = part.changed
  if (!only) return total
  if (more.length === 0) return <Link href={href(only.id)}>{total}</Link>
  return (
    <>
      {total} ={' '}
      {part.changed.map(({ id, changed }, index) => (
        <Fragment key={id}>
          {index > 0 && ' + '}
          <Link href={href(id)}>{formatCount(changed)}</Link>
        </Fragment>
      ))}
    </>
  )
}
