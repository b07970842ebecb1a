import Link from 'next/link'
import { CaseStateWord } from '@/app/_domain/case-state.tsx'
import { ReasonSentence } from '@/app/_domain/roll-reasons.tsx'
import { definePage } from '@/app/_server/page.tsx'
import { ActionForm, CheckField, SelectField, SubmitButton, TextArea } from '@/app/_ui/action-form.tsx'
import { Card, EmptyState, Screen } from '@/app/_ui/screen.tsx'
import { label } from '@/lib/i18n/vocabulary.ts'
import { caseCard } from '@/lib/rotation/queries/case-card.ts'
import { listCases } from '@/lib/rotation/queries/cases.ts'
import { myEligibility } from '@/lib/rotation/queries/my-eligibility.ts'
import { liveRows } from '@/lib/rotation/queries/roll-list.ts'
import { listVacancies, openRounds } from '@/lib/rotation/queries/rounds.ts'
import { schoolChoices } from '@/lib/rotation/queries/school-choices.ts'
import { snapshotOf } from '@/lib/rules/calendar/school-year.ts'
import { RotationTabs } from '../_parts/rotation-tabs.tsx'
import { applyAction } from '../actions.ts'

/** 个人申请: up to three wishes in order, 是否服从调剂, kept as a draft until it is submitted. */
export default definePage('rotation.case.apply', {
  load: async (tx, { actor }) => {
    const [round] = await openRounds(tx)
    const mine = await listCases(tx, { size: 20, skip: 0 })
    const draft = round
      ? mine.rows.find((row) => row.roundId === round.id && row.state === 'draft' && row.source === 'applied')
      : undefined
    return {
      round: round ?? null,
      mine: mine.rows,
      draft: draft ? await caseCard(tx, actor, draft.id) : null,
      vacancies: round ? await listVacancies(tx, round.id) : [],
      schools: await schoolChoices(tx),
      eligibility: await myEligibility(tx, actor),
    }
  },
  view: ({ round, mine, draft, vacancies, schools, eligibility }, { actor, t }) => {
    const live = round
      ? mine.find((row) => row.roundId === round.id && !['rejected', 'withdrawn', 'draft'].includes(row.state))
      : undefined
    const wish = (rank: number) => draft?.wishes.find((one) => one.rank === rank)?.schoolId
    return (
      <Screen title={t('board.apply.title')}>
        <RotationTabs t={t} actor={actor} current="apply" />
        {mine.length > 0 && (
          <Card title={t('board.apply.mine')}>
            <ul>
              {mine.map((row) => (
                <li key={row.id} className="actions">
                  <Link href={`/rotation/cases/${row.id}` as never}>{t('board.case.no', { number: row.number })}</Link>{' '}
                  {row.fromSchool} → {row.toSchool ?? t('board.case.noDestination')}{' '}
                  <CaseStateWord t={t} state={row.state} />
                </li>
              ))}
            </ul>
          </Card>
        )}
        {eligibility && (
          <Card title={t('board.apply.eligibility')}>
            <ReasonSentence
              t={t}
              row={liveRows([eligibility.line])[0]!}
              readBy={actor.role}
              snapshot={snapshotOf(eligibility.year)}
              tenureNeeded={eligibility.tenureNeeded}
              recordHref="/my"
              policyHref={null}
            />
          </Card>
        )}
        {!round ? (
          <Card>
            <EmptyState title={t('board.apply.noRound')} text={t('board.apply.noRoundText')} />
          </Card>
        ) : live ? null : (
          <div className="columns">
            <Card title={t('board.apply.form', { round: round.name })}>
              {round.applyUntil && <p className="noted">{t('board.apply.until', { day: round.applyUntil })}</p>}
              <ActionForm action={applyAction} hidden={{ roundId: round.id, version: draft?.row.version }}>
                {[1, 2, 3].map((rank) => (
                  <SelectField
                    key={rank}
                    name="wishes"
                    label={t('board.apply.wish', { rank })}
                    blank={t('board.apply.noWish')}
                    defaultValue={wish(rank) ?? ''}
                    options={schools}
                  />
                ))}
                <CheckField
                  name="acceptsAllocation"
                  label={t('board.apply.allocation')}
                  defaultChecked={draft?.row.acceptsAllocation}
                />
                <TextArea
                  name="reason"
                  label={t('board.apply.reason')}
                  defaultValue={draft?.row.reason}
                  maxLength={1000}
                />
                <div className="actions">
                  <SubmitButton name="submit" value="true">
                    {t('board.apply.submit')}
                  </SubmitButton>
                  <SubmitButton kind="plain">{t('board.apply.save')}</SubmitButton>
                </div>
              </ActionForm>
            </Card>
            <Card title={t('board.apply.vacancies', { count: vacancies.length })}>
              <ul>
                {vacancies.map((row) => (
                  <li key={row.id}>
                    {row.school} · {label(t, 'stage', row.stage)}
                    {label(t, 'subject', row.subject)} · {t('board.apply.places', { places: row.places })}
                  </li>
                ))}
              </ul>
              {vacancies.length === 0 && <p className="muted">{t('board.apply.noVacancies')}</p>}
            </Card>
          </div>
        )}
      </Screen>
    )
  },
})
