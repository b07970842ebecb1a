import Link from 'next/link'
import { z } from 'zod'
import { definePage } from '@/app/_server/page.tsx'
import { ActionForm, SubmitButton } from '@/app/_ui/action-form.tsx'
import { CopyButton } from '@/app/_ui/dialog.tsx'
import { Card, EmptyState, Facts, Screen, State } from '@/app/_ui/screen.tsx'
import { DataTable } from '@/app/_ui/table.tsx'
import { formatCount, formatMoment } from '@/lib/i18n/format.ts'
import type { Translate } from '@/lib/i18n/translate.ts'
import { now } from '@/lib/platform/clock.ts'
import { fieldText, valueText } from '@/lib/register/queries/cell-words.ts'
import { type CollectionColumn, findCollection, type OwnRow, ownRows } from '@/lib/register/queries/collections.ts'
import { idSchema } from '@/lib/rules/values/ids.ts'
import { Upload } from '../../imports/_parts/upload.tsx'
import { uploadLabels } from '../../imports/_parts/upload-labels.ts'
import { checkPartAction, closeCollectionAction, confirmPartAction } from '../actions.ts'

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
    return { ...found, own: own ?? null, rows: own ? await ownRows(tx, own.schoolId, actor.today) : [] }
  },
  view: ({ task, parts, own, rows }, { actor, session, t }) => {
    const due = formatMoment(task.dueAt, session.district.timeZone)
    const late = Date.parse(task.dueAt) < Date.parse(now())
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
          <OwnPart {...{ task, part: own, rows, late, t }} role={actor.role} />
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

function PartState({ part, late, t }: { part: Part; late: boolean; t: Translate }) {
  if (part.state === 'confirmed') return <State kind="good">{t('collection.state.confirmed')}</State>
  if (late) return <State kind="bad">{t('collection.state.late')}</State>
  return <State kind={part.state === 'checked' ? 'wait' : 'off'}>{t(`collection.state.${part.state}`)}</State>
}

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
        { key: 'changed', head: t('collection.changed'), kind: 'num', cell: (part) => formatCount(part.changed) },
        {
          key: 'waiting',
          head: t('collection.waiting'),
          cell: (part) =>
            part.waiting ? (
              <Link href={`/imports/${part.waiting.id}` as never}>
                {t('collection.toCheck', { count: part.waiting.changed })}
              </Link>
            ) : (
              ''
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

function OwnPart({
  task,
  part,
  rows,
  late,
  role,
  t,
}: {
  task: Found['task']
  part: Part
  rows: OwnRow[]
  late: boolean
  role: string
  t: Translate
}) {
  const hidden = { collectionId: task.id, schoolId: part.schoolId }
  const mayCheck = role === 'school_hr' && part.state !== 'confirmed' && !task.closedAt
  const columns = ['name', ...task.columns] as ('name' | CollectionColumn)[]
  return (
    <>
      <div className="card">
        <p>
          <strong>{part.name}</strong> <PartState part={part} late={late} t={t} />
        </p>
        <div className="actions">
          {role === 'school_hr' && (
            <a className="button" href={`/api/collections/${task.id}/${part.schoolId}`} download>
              {t('collection.download')}
            </a>
          )}
          {mayCheck && (
            <ActionForm action={checkPartAction} hidden={hidden} className="actions">
              <SubmitButton>{t('collection.check', { count: formatCount(rows.length) })}</SubmitButton>
            </ActionForm>
          )}
          {role === 'principal' && part.state === 'checked' && !task.closedAt && (
            <ActionForm action={confirmPartAction} hidden={hidden} className="actions">
              <SubmitButton>{t('collection.confirm', { count: formatCount(rows.length) })}</SubmitButton>
            </ActionForm>
          )}
        </div>
      </div>
      {mayCheck && (
        <Card title={t('collection.back')}>
          <Upload labels={uploadLabels(t)} collection={task.id} fixed />
          <p className="small muted">{t('collection.backHint')}</p>
        </Card>
      )}
      <DataTable
        label={part.name}
        rows={rows}
        rowKey={(row) => row.teacherId}
        compact
        empty={<EmptyState title={t('import.row.none')} />}
        columns={columns.map((column) => ({
          key: column,
          head: fieldText(t, column),
          kind: 'nowrap' as const,
          cell: (row: OwnRow) =>
            row.values[column] === null ? '—' : valueText(t, 'roster', column, row.values[column]),
        }))}
      />
    </>
  )
}
