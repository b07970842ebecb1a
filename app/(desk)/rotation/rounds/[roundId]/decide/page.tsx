import Link from 'next/link'
import { z } from 'zod'
import { QuotaMeter } from '@/app/_domain/quota-meter.tsx'
import { definePage } from '@/app/_server/page.tsx'
import { ActionForm, CheckField, SubmitButton, TextArea, TextField } from '@/app/_ui/action-form.tsx'
import { Card, EmptyState, Facts, Screen, State } from '@/app/_ui/screen.tsx'
import { DataTable } from '@/app/_ui/table.tsx'
import { formatMoment, formatShare } from '@/lib/i18n/format.ts'
import type { Translate } from '@/lib/i18n/translate.ts'
import { label } from '@/lib/i18n/vocabulary.ts'
import { relatedTeachers } from '@/lib/rotation/cases/related.ts'
import { listCases } from '@/lib/rotation/queries/cases.ts'
import { roundEquity } from '@/lib/rotation/queries/round-equity.ts'
import { previewDecision } from '@/lib/rotation/queries/round-meter.ts'
import { roundById } from '@/lib/rotation/queries/rounds.ts'
import { unusualInRound } from '@/lib/rotation/queries/unusual.ts'
import { mayUse } from '@/lib/rules/access/permissions.ts'
import type { LocalDate } from '@/lib/rules/values/dates.ts'
import { idSchema, type RoundId } from '@/lib/rules/values/ids.ts'
import { RoundEquityTable } from '../../../_parts/round-equity-card.tsx'
import { RoundTabs } from '../../../_parts/round-tabs.tsx'
import { decideAction, overruleAction } from '../../../actions.ts'

/** 局审定: quotas with verdicts, what is unusual, CV before and after, and the batch to sign (ux.md §4). */
export default definePage('rotation.round.quota', {
  params: z.object({ roundId: idSchema<RoundId>() }),
  load: async (tx, { actor, params }) => {
    const round = await roundById(tx, params.roundId)
    if (!round) return null
    const ready = await listCases(tx, {
      roundId: params.roundId,
      states: ['checked'],
      sort: 'number',
      descending: false,
      size: 2000,
      skip: 0,
    })
    // Another director decides on whoever this one is related to (SD-5).
    const related = await relatedTeachers(tx, actor)
    const mine = ready.rows.filter(({ teacherId }) => !related.has(teacherId))
    return {
      round,
      ready: mine,
      left: ready.rows.filter(({ teacherId }) => related.has(teacherId)),
      preview: await previewDecision(
        tx,
        params.roundId,
        mine.map(({ id }) => id),
      ),
      unusual: await unusualInRound(tx, actor, params.roundId),
      equity: await roundEquity(tx, params.roundId),
    }
  },
  view: ({ round, ready, left, preview, unusual, equity }, { actor, session, t }) => {
    const path = `/rotation/rounds/${round.id}`
    const maySign = mayUse(actor, 'rotation.case.decide') && round.state === 'open'
    return (
      <Screen
        title={t('board.decide.title', { round: round.name })}
        crumbs={[
          { text: t('board.rounds.title'), href: '/rotation' },
          { text: round.name, href: path },
        ]}
        foot={[t('board.print.filledBy'), t('board.print.checkedBy'), t('board.print.date', { day: actor.today })]}
      >
        <RoundTabs t={t} actor={actor} roundId={round.id} current="decide" />
        {!preview ? (
          <Card>
            <EmptyState title={t('board.case.notOpen')} text={t('board.case.notOpenText')} />
          </Card>
        ) : (
          <div className="columns">
            <Card title={t('board.meter.heading')}>
              <QuotaMeter t={t} figures={preview.figures} href={(part) => `${path}/people?part=${part}`} />
            </Card>
            <Card title={t('board.decide.progress')}>
              <Facts
                items={[
                  { label: t('board.decide.decided'), value: preview.decided },
                  {
                    label: t('board.decide.batch'),
                    value: <Link href={`${path}?state=checked` as never}>{preview.batch}</Link>,
                  },
                  { label: t('board.decide.unchecked'), value: preview.unchecked },
                  {
                    label: t('board.decide.needed'),
                    value: preview.needed.met ? (
                      <State kind="good">{t('board.decide.enough')}</State>
                    ) : (
                      <State kind="bad">
                        {t('board.decide.lacking', {
                          people: preview.needed.people,
                          backbone: preview.needed.backbone,
                        })}
                      </State>
                    ),
                  },
                ]}
              />
              <h3>{t('board.decide.equity')}</h3>
              <div style={{ overflowX: 'auto' }}>
                <RoundEquityTable t={t} equity={equity} />
              </div>
            </Card>
          </div>
        )}
        <Card title={t('board.decide.unusual', { count: unusual.length })}>
          {unusual.length === 0 ? (
            <p>{t('board.decide.nothingUnusual')}</p>
          ) : (
            <ul className="timeline">
              {unusual.map((item) => (
                <li key={item.key}>
                  <Link href={item.href as never}>
                    {t(`board.unusual.${item.kind}`, {
                      ...item.values,
                      subject: item.subject ? label(t, 'subject', item.subject) : '',
                    })}
                  </Link>
                </li>
              ))}
            </ul>
          )}
        </Card>
        {preview && preview.batches.length > 0 && (
          <Card title={t('board.decide.batches')}>
            <DataTable
              label={t('board.decide.batches')}
              rows={preview.batches}
              rowKey={(batch) => batch.id}
              empty={null}
              columns={[
                { key: 'number', head: t('board.decide.number'), kind: 'num', cell: (batch) => batch.number },
                { key: 'meeting', head: t('board.decide.meeting'), cell: (batch) => batch.meeting },
                { key: 'day', head: t('board.decide.meetingDate'), kind: 'nowrap', cell: (batch) => batch.meetingDate },
                { key: 'minutes', head: t('board.decide.minutesNo'), cell: (batch) => batch.minutesNo },
                {
                  key: 'at',
                  head: t('board.decide.at'),
                  kind: 'nowrap',
                  cell: (batch) => formatMoment(batch.decidedAt, session.district.timeZone),
                },
                { key: 'overrule', head: t('board.decide.overruled'), cell: (batch) => batch.overruleReason ?? '' },
              ]}
            />
          </Card>
        )}
        {maySign && preview && (
          <Card title={t('board.decide.sign')}>
            {left.length > 0 && (
              <p className="warned">
                {t('recusal.excluded', {
                  count: left.length,
                  names: left.map(({ number, name }) => `${number} ${name}`).join(t('board.schools.join')),
                })}
              </p>
            )}
            {ready.length === 0 ? (
              <EmptyState title={t('board.decide.none')} text={t('board.decide.noneText')} />
            ) : (
              <div className="columns">
                <ActionForm action={decideAction} hidden={{ roundId: round.id }}>
                  <p className="noted">{t('board.decide.effect', { count: ready.length })}</p>
                  <details>
                    <summary>{t('board.decide.choose', { count: ready.length })}</summary>
                    <div style={{ maxHeight: 260, overflowY: 'auto' }}>
                      {ready.map((row) => (
                        <label key={row.id} className="check">
                          <input type="checkbox" name="caseIds" value={row.id} defaultChecked /> {row.number} {row.name}{' '}
                          {row.fromSchool} → {row.toSchool} {label(t, 'subject', row.subject)}
                        </label>
                      ))}
                    </div>
                  </details>
                  <MeetingFields t={t} today={actor.today} />
                  <CheckField
                    name="isLast"
                    label={t('board.decide.isLast')}
                    defaultChecked={preview.unchecked === 0 && left.length === 0}
                  />
                  <TextArea name="reason" label={t('board.decide.note')} />
                  <SubmitButton>{t('board.decide.signNow', { count: ready.length })}</SubmitButton>
                </ActionForm>
                {!preview.needed.met && preview.mayOverrule && (
                  <ActionForm action={overruleAction} hidden={{ roundId: round.id, isLast: 'true' }}>
                    <p className="warned">
                      {t('board.decide.overruleEffect', {
                        share: preview.figures.total
                          ? formatShare(preview.figures.total, t.locale)
                          : t('board.meter.noBase'),
                      })}
                    </p>
                    {ready.map((row) => (
                      <input key={row.id} type="hidden" name="caseIds" value={row.id} />
                    ))}
                    <MeetingFields t={t} today={actor.today} />
                    <TextArea name="overruleReason" label={t('board.decide.overruleReason')} required />
                    <SubmitButton kind="danger">{t('board.decide.overruleNow')}</SubmitButton>
                  </ActionForm>
                )}
              </div>
            )}
          </Card>
        )}
      </Screen>
    )
  },
})

/** The meeting a decision rests on, its day and the number of its minutes. */
function MeetingFields({ t, today }: { t: Translate; today: LocalDate }) {
  return (
    <>
      <TextField
        name="meeting"
        label={t('board.decide.meeting')}
        required
        maxLength={200}
        defaultValue={t('board.decide.meetingDefault')}
      />
      <div className="row">
        <TextField name="meetingDate" type="date" label={t('board.decide.meetingDate')} required defaultValue={today} />
        <TextField name="minutesNo" label={t('board.decide.minutesNo')} required maxLength={100} />
      </div>
    </>
  )
}
