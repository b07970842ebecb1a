import { definePage } from '@/app/_server/page.tsx'
import { ActionForm, CheckField, SelectField, SubmitButton } from '@/app/_ui/action-form.tsx'
import { LinkForm } from '@/app/_ui/link-form.tsx'
import { Card, EmptyState, Facts, Screen, State } from '@/app/_ui/screen.tsx'
import { DataTable } from '@/app/_ui/table.tsx'
import { Watch } from '@/app/_ui/watch.tsx'
import { formatCount, formatMoment } from '@/lib/i18n/format.ts'
import type { Translate } from '@/lib/i18n/translate.ts'
import { ALL_PRINCIPALS } from '@/lib/platform/commands/bulk-accounts.ts'
import { accountsBySchool, lastBulkRun, schoolChoices, waitingPrincipals } from '@/lib/platform/queries/users.ts'
import { AccountTabs } from '../_parts/account-tabs.tsx'
import { linkLabels } from '../_parts/labels.ts'
import { accountsFromRegisterAction, schoolLinksAction } from '../actions.ts'

interface Report {
  wanted: number
  users: number
  grants: number
  left: number
}

export default definePage('platform.user.fromRegister', {
  load: async (tx, { actor }) => ({
    schools: await schoolChoices(tx),
    heads: await waitingPrincipals(tx, actor.today),
    bySchool: await accountsBySchool(tx),
    job: await lastBulkRun(tx),
  }),
  view: ({ schools, heads, bySchool, job }, { session, actor, t }) => (
    <Screen title={t('account.bulk.title')} crumbs={[{ text: t('account.list.title'), href: '/accounts' }]}>
      <AccountTabs t={t} actor={actor} current="bulk" />
      {job && ['waiting', 'running'].includes(job.state) && <Watch />}
      <div className="columns">
        <Card title={t('account.bulk.make')}>
          <p className="muted" style={{ marginBottom: 10 }}>
            {t('account.bulk.about')}
          </p>
          <ActionForm action={accountsFromRegisterAction}>
            <CheckField name="kinds" value="principal" label={t('account.bulk.principals')} defaultChecked />
            <CheckField name="kinds" value="teacher" label={t('account.bulk.teachers')} defaultChecked />
            <SelectField
              name="schoolId"
              label={t('account.bulk.only')}
              blank={t('account.bulk.allSchools')}
              options={schools.map((school) => ({ value: school.id, text: school.name }))}
            />
            <div className="actions">
              <SubmitButton>{t('account.bulk.submit')}</SubmitButton>
            </div>
          </ActionForm>
        </Card>
        <Card title={t('account.bulk.last')}>
          {job ? (
            <Facts
              items={[
                { label: t('account.bulk.askedAt'), value: formatMoment(job.createdAt, session.district.timeZone) },
                { label: t('account.state.label'), value: <JobState state={job.state} t={t} /> },
                ...reportFacts(job.result as Report | null, t),
              ]}
            />
          ) : (
            <p className="muted">{t('account.bulk.none')}</p>
          )}
        </Card>
      </div>
      <Card title={t('account.bulk.links')}>
        <p className="muted" style={{ marginBottom: 10 }}>
          {t('account.bulk.linksAbout')}
        </p>
        <LinkForm action={schoolLinksAction} labels={linkLabels(t)} zone={session.district.timeZone}>
          <SelectField
            name="schoolId"
            label={t('account.bulk.whose')}
            required
            options={[
              ...(heads > 0 ? [{ value: ALL_PRINCIPALS, text: t('account.bulk.headsWaiting', { count: heads }) }] : []),
              ...bySchool
                .filter((school) => school.waiting > 0)
                .map((school) => ({
                  value: school.id,
                  text: t('account.bulk.schoolWaiting', { school: school.name, count: school.waiting }),
                })),
            ]}
          />
          <div className="actions">
            <SubmitButton disabled={bySchool.every((school) => school.waiting === 0)}>
              {t('account.bulk.makeLinks')}
            </SubmitButton>
          </div>
        </LinkForm>
      </Card>
      <DataTable
        label={t('account.bulk.bySchool')}
        compact
        rows={bySchool}
        rowKey={(row) => row.id}
        empty={<EmptyState title={t('account.bulk.noSchools')} />}
        columns={[
          { key: 'school', head: t('account.school'), cell: (row) => row.name },
          { key: 'accounts', head: t('account.bulk.accounts'), kind: 'num', cell: (row) => formatCount(row.accounts) },
          { key: 'waiting', head: t('account.bulk.waiting'), kind: 'num', cell: (row) => formatCount(row.waiting) },
        ]}
      />
    </Screen>
  ),
})

function JobState({ state, t }: { state: string; t: Translate }) {
  const kind = state === 'done' ? 'good' : state === 'failed' ? 'bad' : 'wait'
  return <State kind={kind}>{t(`account.bulk.state.${state}`)}</State>
}

const reportFacts = (report: Report | null, t: Translate) =>
  report
    ? [
        { label: t('account.bulk.wanted'), value: formatCount(report.wanted) },
        { label: t('account.bulk.made'), value: formatCount(report.users) },
        { label: t('account.bulk.granted'), value: formatCount(report.grants) },
        { label: t('account.bulk.left'), value: formatCount(report.left) },
      ]
    : []
