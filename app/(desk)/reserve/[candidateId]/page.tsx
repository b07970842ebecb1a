import { z } from 'zod'
import { definePage } from '@/app/_server/page.tsx'
import { ButtonLink, Card, Facts, Screen, State } from '@/app/_ui/screen.tsx'
import { formatPeriod } from '@/lib/i18n/format.ts'
import { candidateDetail } from '@/lib/reserve/queries/candidate.ts'
import { placementSchools } from '@/lib/reserve/queries/placement-schools.ts'
import { reserveSettings } from '@/lib/reserve/settings.ts'
import { mayUse } from '@/lib/rules/access/permissions.ts'
import { IN_POOL } from '@/lib/rules/reserve/pipeline.ts'
import { type CandidateId, idSchema } from '@/lib/rules/values/ids.ts'
import { kindOfState } from '../_parts/candidate-columns.tsx'
import { CandidateEvents } from '../_parts/candidate-events.tsx'
import { CandidateSteps } from '../_parts/candidate-steps.tsx'
import { PlaceForm } from '../_parts/place-form.tsx'
import { Scores } from '../_parts/scores.tsx'

export default definePage('reserve.candidate.view', {
  params: z.object({ candidateId: idSchema<CandidateId>() }),
  load: async (tx, { params, actor }) => {
    const person = await candidateDetail(tx, params.candidateId, actor)
    if (!person) return null
    const places = mayUse(actor, 'reserve.candidate.place') && person.state === 'awaiting'
    return {
      person,
      settings: await reserveSettings(tx, actor.districtId),
      schools: places
        ? await placementSchools(tx, { stage: person.stage, subject: person.subject, on: actor.today })
        : null,
    }
  },
  view: ({ person, settings, schools }, { t, actor }) => {
    const more = person.bureau
    const post = t('reserve.post', {
      stage: t(`vocabulary.stage.${person.stage}`),
      subject: t(`vocabulary.subject.${person.subject}`),
    })
    const certificate = person.certificateKind
      ? t('reserve.certificate', {
          kind: t(`vocabulary.certificateKind.${person.certificateKind}`),
          subject: person.certificateSubject ? t(`vocabulary.subject.${person.certificateSubject}`) : '—',
        })
      : t('reserve.noCertificate')
    const ageOver = person.poolUntil !== null && IN_POOL.includes(person.state) && person.poolUntil <= actor.today
    return (
      <Screen
        title={t('reserve.candidate.title', { name: person.name, post })}
        crumbs={[{ text: t('reserve.title'), href: '/reserve' }]}
        tools={
          mayUse(actor, 'reserve.candidate.edit') && (
            <ButtonLink href={`/reserve/${person.id}/edit`}>{t('reserve.candidate.edit')}</ButtonLink>
          )
        }
      >
        <div className="columns">
          <Card title={t('reserve.candidate.facts')}>
            <Facts
              items={[
                ...(more
                  ? [
                      { label: t('reserve.field.number'), value: person.number },
                      {
                        label: t('reserve.field.state'),
                        value: <State kind={kindOfState(person.state)}>{t(`reserve.state.${person.state}`)}</State>,
                      },
                      { label: t('reserve.field.year'), value: String(person.year) },
                      { label: t('reserve.field.channel'), value: t(`reserve.channel.${person.channel}`) },
                      { label: t('reserve.field.sex'), value: t(`vocabulary.sex.${person.sex}`) },
                    ]
                  : []),
                { label: t('reserve.field.post'), value: post },
                { label: t('reserve.field.certificateKind'), value: certificate },
                ...(more
                  ? [
                      {
                        label: t('reserve.field.education'),
                        value: [
                          more.education && t(`vocabulary.education.${more.education}`),
                          more.graduatedFrom,
                          more.major,
                        ]
                          .filter(Boolean)
                          .join(' · '),
                      },
                      { label: t('reserve.field.pooledOn'), value: person.pooledOn },
                      {
                        label: t('reserve.field.poolUntil'),
                        value: ageOver ? (
                          <State kind="bad">{t('reserve.ageOver', { until: person.poolUntil })}</State>
                        ) : (
                          person.poolUntil
                        ),
                      },
                      ...(more.leftOn
                        ? [
                            {
                              label: t('reserve.field.leftOn'),
                              value: [more.leftOn, more.leftReason].filter(Boolean).join(' · '),
                            },
                          ]
                        : []),
                    ]
                  : []),
                ...person.placements.map((row) => ({
                  label: t('reserve.field.school'),
                  value: t('reserve.placement', {
                    school: row.school,
                    period: formatPeriod(row.during, t.locale),
                    basis: t(`reserve.basis.${row.basis}`),
                  }),
                })),
              ]}
            />
          </Card>
          {more && (
            <Scores
              t={t}
              person={person}
              scores={more.scores}
              mayEdit={mayUse(actor, 'reserve.candidate.saveScores')}
            />
          )}
        </div>
        {mayUse(actor, 'reserve.candidate.move') && (
          <CandidateSteps t={t} person={person} settings={settings} today={actor.today} />
        )}
        {schools && <PlaceForm t={t} person={person} schools={schools} today={actor.today} />}
        {more && <CandidateEvents t={t} events={more.events} history={more.history} />}
      </Screen>
    )
  },
})
