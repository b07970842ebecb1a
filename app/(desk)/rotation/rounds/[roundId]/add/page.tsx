import { notFound } from 'next/navigation'
import { z } from 'zod'
import { definePage } from '@/app/_server/page.tsx'
import { ActionForm, CheckField, SelectField, SubmitButton, TextArea } from '@/app/_ui/action-form.tsx'
import { addressOf, pagingQuery, textQuery } from '@/app/_ui/address.ts'
import { DialogButton } from '@/app/_ui/dialog.tsx'
import { QueryForm, QuerySelect, QueryText } from '@/app/_ui/query-form.tsx'
import { EmptyState, Screen } from '@/app/_ui/screen.tsx'
import { DataTable, TableFoot } from '@/app/_ui/table.tsx'
import { formatCount, formatMonths } from '@/lib/i18n/format.ts'
import { choices, label } from '@/lib/i18n/vocabulary.ts'
import { rollCandidates } from '@/lib/rotation/queries/roll-candidates.ts'
import { roundById } from '@/lib/rotation/queries/rounds.ts'
import { schoolChoices } from '@/lib/rotation/queries/school-choices.ts'
import { mayUse } from '@/lib/rules/access/permissions.ts'
import { ROTATION_FORMS, SUBJECTS, type Subject } from '@/lib/rules/register/vocabulary.ts'
import { idSchema, type RoundId, type SchoolId } from '@/lib/rules/values/ids.ts'
import { MoveFields } from '../../../_parts/move-fields.tsx'
import { RoundTabs } from '../../../_parts/round-tabs.tsx'
import { addFromRollAction, createCaseAction, nominateAction } from '../../../actions.ts'

const query = z.object({
  who: textQuery,
  school: idSchema<SchoolId>().optional().catch(undefined),
  subject: z
    .enum(Object.keys(SUBJECTS) as [Subject, ...Subject[]])
    .optional()
    .catch(undefined),
  backbone: z.enum(['yes']).optional().catch(undefined),
  ...pagingQuery,
})

/** From the roll into the round: the bureau adds, a school nominates (组织选派). People with a live case are not listed. */
export default definePage('rotation.round.view', {
  params: z.object({ roundId: idSchema<RoundId>() }),
  query,
  load: async (tx, { actor, params, query: asked }) => {
    const round = await roundById(tx, params.roundId)
    if (!round || !(mayUse(actor, 'rotation.case.create') || mayUse(actor, 'rotation.case.nominate'))) return null
    const people = await rollCandidates(tx, params.roundId, {
      who: asked.who,
      schoolId: asked.school,
      subject: asked.subject,
      backbone: asked.backbone === 'yes',
      size: asked.size,
      skip: (asked.page - 1) * asked.size,
    })
    return { round, people, schools: await schoolChoices(tx) }
  },
  view: ({ round, people, schools }, { actor, query: asked, t }) => {
    const path = `/rotation/rounds/${round.id}`
    if (round.state !== 'open') notFound()
    const isBureau = mayUse(actor, 'rotation.case.create')
    const at = (change: Record<string, string | number | undefined>) =>
      addressOf(`${path}/add`, { ...asked, ...change })
    const forms = choices(t, 'rotationForm', Object.keys(ROTATION_FORMS)).map(({ value, label }) => ({
      value,
      text: label,
    }))
    return (
      <Screen
        title={t(isBureau ? 'board.add.title' : 'board.add.nominateTitle', { round: round.name })}
        crumbs={[
          { text: t('board.rounds.title'), href: '/rotation' },
          { text: round.name, href: path },
        ]}
      >
        <RoundTabs t={t} actor={actor} roundId={round.id} current="cases" />
        <p className="noted">{t(isBureau ? 'board.add.note' : 'board.add.nominateNote')}</p>
        <QueryForm t={t} path={`${path}/add`}>
          <QueryText name="who" label={t('board.case.who')} value={asked.who} placeholder={t('board.case.whoHint')} />
          {isBureau && (
            <QuerySelect
              name="school"
              label={t('board.case.from')}
              value={asked.school}
              all={t('board.all')}
              options={schools}
            />
          )}
          <QuerySelect
            name="subject"
            label={t('board.case.subject')}
            value={asked.subject}
            all={t('board.all')}
            options={choices(t, 'subject', Object.keys(SUBJECTS)).map(({ value, label }) => ({ value, text: label }))}
          />
          <QuerySelect
            name="backbone"
            label={t('board.case.backbone')}
            value={asked.backbone}
            all={t('board.all')}
            options={[{ value: 'yes', text: t('board.yes') }]}
          />
        </QueryForm>
        {isBureau && people.rows.length > 0 && (
          <div className="actions" style={{ marginBottom: 8 }}>
            <DialogButton
              label={t('board.add.page', { count: people.rows.length })}
              title={t('board.add.bulkTitle')}
              close={t('platform.close')}
            >
              <p>{t('board.add.bulkEffect', { count: people.rows.length })}</p>
              <ActionForm action={addFromRollAction} hidden={{ roundId: round.id }} closeDialog>
                <div style={{ maxHeight: '40vh', overflowY: 'auto' }}>
                  {people.rows.map((person) => (
                    <label key={person.teacherId} className="check">
                      <input type="checkbox" name="teacherIds" value={person.teacherId} defaultChecked /> {person.name}{' '}
                      {person.school} {label(t, 'subject', person.subject)}
                    </label>
                  ))}
                </div>
                <SelectField name="form" label={t('board.case.form')} required options={forms} />
                <TextArea name="reason" label={t('board.case.why')} />
                <SubmitButton>{t('board.add.bulkNow')}</SubmitButton>
              </ActionForm>
            </DialogButton>
          </div>
        )}
        <DataTable
          label={t('board.add.label')}
          rows={people.rows}
          rowKey={(person) => person.teacherId}
          cards
          empty={<EmptyState title={t('board.add.none')} text={t('board.add.noneText')} />}
          columns={[
            { key: 'name', head: t('board.case.person'), kind: 'nowrap', cell: (person) => person.name },
            { key: 'no', head: t('board.case.staffNo'), kind: 'nowrap', cell: (person) => person.staffNo },
            {
              key: 'school',
              head: t('board.case.from'),
              kind: 'clip',
              title: (person) => person.school,
              cell: (person) => person.school,
            },
            {
              key: 'subject',
              head: t('board.case.subject'),
              kind: 'nowrap',
              cell: (person) => label(t, 'subject', person.subject),
            },
            {
              key: 'tenure',
              head: t('board.case.tenure'),
              kind: 'nowrap',
              cell: (person) => formatMonths(person.tenureMonths, t.locale),
            },
            {
              key: 'backbone',
              head: t('board.case.backbone'),
              cell: (person) => (person.isBackbone ? t('board.yes') : ''),
            },
            {
              key: 'act',
              head: t('board.case.act'),
              cell: (person) => (
                <DialogButton
                  label={t(isBureau ? 'board.add.one' : 'board.add.nominateOne')}
                  title={t('board.add.oneTitle', { name: person.name, school: person.school })}
                  kind="link"
                  close={t('platform.close')}
                >
                  <ActionForm
                    action={isBureau ? createCaseAction : nominateAction}
                    hidden={{ roundId: round.id, teacherId: person.teacherId }}
                    closeDialog
                  >
                    <MoveFields
                      t={t}
                      schools={schools.filter(({ value }) => value !== person.schoolId)}
                      needsReason={!isBureau}
                    />
                    <CheckField name="submit" label={t('board.add.submitNow')} defaultChecked />
                    <SubmitButton>{t(isBureau ? 'board.add.oneNow' : 'board.add.nominateNow')}</SubmitButton>
                  </ActionForm>
                </DialogButton>
              ),
            },
          ]}
        />
        <TableFoot
          t={t}
          total={people.total}
          page={asked.page}
          size={asked.size}
          href={at}
          summary={t('board.add.total', { count: formatCount(people.total) })}
        />
      </Screen>
    )
  },
})
