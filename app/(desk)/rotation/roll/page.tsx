import Link from 'next/link'
import { ReasonSentence } from '@/app/_domain/roll-reasons.tsx'
import { ToImport } from '@/app/_domain/to-import.tsx'
import { definePage } from '@/app/_server/page.tsx'
import { addressOf } from '@/app/_ui/address.ts'
import { ButtonLink, Card, EmptyState, Screen, Stat } from '@/app/_ui/screen.tsx'
import { TableFoot } from '@/app/_ui/table.tsx'
import { formatCount } from '@/lib/i18n/format.ts'
import { listPolicies } from '@/lib/rotation/queries/policies.ts'
import { countRows, matches } from '@/lib/rotation/queries/roll-list.ts'
import { rollView } from '@/lib/rotation/queries/roll-view.ts'
import { mayUse } from '@/lib/rules/access/permissions.ts'
import { ceilShare } from '@/lib/rules/values/ratio.ts'
import { RotationTabs } from '../_parts/rotation-tabs.tsx'
import { OutcomeBars } from './_parts/outcome-bars.tsx'
import { RollForm } from './_parts/roll-form.tsx'
import { rollQuery } from './_parts/roll-query.ts'
import { RollTable } from './_parts/roll-table.tsx'

/** Who is eligible and why: the register now under a snapshot and a policy, or a frozen roll (ux.md scene 2). */
export default definePage('rotation.roll.view', {
  query: rollQuery,
  load: async (tx, { actor, query }) => {
    const view = await rollView(tx, actor, query)
    const isBureau = actor.role === 'bureau_hr' || actor.role === 'bureau_reviewer'
    return { view, isBureau, policies: isBureau ? await listPolicies(tx) : [] }
  },
  view: ({ view, isBureau, policies }, { actor, query, t }) => {
    const path = '/rotation/roll'
    const at = (change: Partial<Record<keyof typeof query, string | number | undefined>>) =>
      addressOf(path, { ...query, page: undefined, person: undefined, ...change })
    const barred = view.rows.filter((row) => matches(row, { ...query, state: undefined }))
    const listed = barred.filter((row) => matches(row, query))
    const counts = countRows(barred)
    const page = listed.slice((query.page - 1) * query.size, query.page * query.size)
    const person = query.person ? view.rows.find(({ teacherId }) => teacherId === query.person) : undefined
    const schools = [
      ...new Map(view.rows.map((row) => [row.schoolId, { id: row.schoolId, name: row.schoolName }])).values(),
    ]
    const reach = ceilShare(counts.E, view.policy.quota.rateTotal)
    const table = (
      <>
        <RollTable
          t={t}
          role={actor.role}
          rows={page}
          current={query.person}
          personHref={(row) => at({ page: query.page, person: row.teacherId })}
          resetHref={path}
        />
        <TableFoot
          t={t}
          summary={t('roll.summary', {
            count: formatCount(listed.length),
            backbone: formatCount(listed.filter(({ isBackbone }) => isBackbone).length),
          })}
          total={listed.length}
          page={query.page}
          size={query.size}
          href={(change) => at({ page: query.page, ...change })}
        />
      </>
    )
    return (
      <Screen
        title={t('roll.title')}
        tools={
          <>
            {mayUse(actor, 'rotation.roll.changes') && (
              <ButtonLink href="/rotation/roll/changes">{t('roll.changes.title')}</ButtonLink>
            )}
            {mayUse(actor, 'rotation.exemption.list') && (
              <ButtonLink href="/rotation/exemptions">{t('roll.exemption.title')}</ButtonLink>
            )}
            {mayUse(actor, 'rotation.roll.export') && (
              <a
                className="button"
                href={addressOf('/rotation/roll/export', { ...query, page: undefined, person: undefined })}
              >
                {t('roll.export.button')}
              </a>
            )}
          </>
        }
        foot={[t('roll.print.by'), t('roll.print.checked')]}
      >
        <RotationTabs t={t} actor={actor} current="roll" />
        <Card
          title={
            view.frozen
              ? t('roll.frozenTitle', {
                  round: view.frozen.roundName,
                  version: view.frozen.version,
                  day: view.snapshot,
                })
              : t('roll.liveTitle', { day: view.snapshot })
          }
          tools={
            view.policyId ? (
              <Link className="small" href={`/policies/${view.policyId}` as never}>
                {t('roll.policyLink')}
              </Link>
            ) : (
              <span className="small muted">{t('roll.defaultPolicy')}</span>
            )
          }
        >
          {view.rows.length > 0 ? (
            <div className="columns">
              <OutcomeBars
                counts={counts}
                total={barred.length}
                current={query.state}
                href={(state) => at({ state })}
                t={t}
              />
              <div className="stats">
                <Stat label={t('roll.stat.E')} value={formatCount(counts.E)} href={at({ state: 'E' })} />
                <Stat
                  label={t('roll.stat.EB')}
                  value={formatCount(counts.EB)}
                  href={at({ state: 'E', backbone: 'yes' })}
                />
                {isBureau && <Stat label={t('roll.stat.need')} value={formatCount(reach)} />}
              </div>
            </div>
          ) : (
            <EmptyState
              title={t(isBureau ? 'roll.noPeople' : 'roll.notYet')}
              text={t(isBureau ? 'roll.noPeopleText' : 'roll.notYetText')}
              next={isBureau && <ToImport t={t} actor={actor} />}
            />
          )}
        </Card>
        {view.rows.length > 0 && (
          <RollForm
            t={t}
            query={query}
            view={view}
            isBureau={isBureau}
            schools={schools}
            policies={policies.map((policy) => ({
              id: policy.id,
              text: t('policy.versionName', {
                year: policy.year,
                version: policy.version,
                state: t(`policy.state.${policy.state}`),
              }),
            }))}
          />
        )}
        {view.rows.length === 0 ? null : person ? (
          <div className="with-panel">
            <div style={{ minWidth: 0 }}>{table}</div>
            <aside className="panel" aria-label={person.name}>
              <header>
                <h2 style={{ fontSize: 15 }}>
                  {t('roll.personTitle', {
                    name: person.name,
                    school: person.schoolName,
                    subject: person.subject ? t(`vocabulary.subject.${person.subject}`) : '—',
                  })}
                </h2>
                <Link href={at({ page: query.page }) as never}>{t('platform.close')}</Link>
              </header>
              <ReasonSentence
                row={person}
                t={t}
                readBy={actor.role}
                snapshot={view.snapshot}
                tenureNeeded={view.policy.eligibility.tenureMonths}
                recordHref={`/teachers/${person.teacherId}`}
                policyHref={view.policyId ? `/policies/${view.policyId}` : null}
              />
              {person.warnings.map((warning) => (
                <p className="warned" key={warning.code}>
                  {t(warning.message, warning.values)}
                </p>
              ))}
              <div className="actions" style={{ marginTop: 10 }}>
                <ButtonLink href={`/teachers/${person.teacherId}`}>{t('roll.openRecord')}</ButtonLink>
                {mayUse(actor, 'rotation.exemption.ask') && (
                  <ButtonLink href={`/rotation/exemptions?ask=${person.teacherId}`}>
                    {t('roll.exemption.ask')}
                  </ButtonLink>
                )}
              </div>
            </aside>
          </div>
        ) : (
          table
        )}
      </Screen>
    )
  },
})
