import { z } from 'zod'
import { definePage } from '@/app/_server/page.tsx'
import { addressOf } from '@/app/_ui/address.ts'
import { PrintButton } from '@/app/_ui/dialog.tsx'
import { ButtonLink, Card, Facts, Screen, Tabs } from '@/app/_ui/screen.tsx'
import type { Translate } from '@/lib/i18n/translate.ts'
import { label } from '@/lib/i18n/vocabulary.ts'
import { type SchoolPage, schoolPage } from '@/lib/register/queries/school-page.ts'
import { schoolOptions } from '@/lib/register/queries/schools.ts'
import { teacherQuery } from '@/lib/register/queries/teacher-query.ts'
import { mayUse } from '@/lib/rules/access/permissions.ts'
import { idSchema, type SchoolId } from '@/lib/rules/values/ids.ts'
import { SchoolForm, SchoolYearForm } from './_parts/edit-forms.tsx'
import { Indicators } from './_parts/indicators.tsx'
import { Movers } from './_parts/movers.tsx'
import { NeedList } from './_parts/need-list.tsx'
import { Staffing } from './_parts/staffing.tsx'
import { TieForms } from './_parts/tie-forms.tsx'

const TABS = ['staffing', 'need', 'movers', 'indicators', 'edit'] as const

export default definePage('register.school.view', {
  params: z.object({ schoolId: idSchema<SchoolId>() }),
  query: z.object({ tab: z.enum(TABS).catch('staffing'), asOf: teacherQuery.shape.asOf }),
  load: async (tx, { actor, params, query }) => {
    const page = await schoolPage(tx, actor, params.schoolId, query.asOf ?? actor.today)
    const choose = query.tab === 'edit' && mayUse(actor, 'register.head.change')
    return page
      ? { page, schools: choose ? (await schoolOptions(tx)).map(({ id, name }) => ({ value: id, text: name })) : [] }
      : null
  },
  view: ({ page, schools }, { actor, params, query, t }) => {
    const { school } = page
    const path = `/schools/${params.schoolId}`
    const figures = page.establishment !== null
    const mayEdit = mayUse(actor, 'register.school.edit') || mayUse(actor, 'register.schoolYear.edit')
    const tabs = TABS.filter((tab) => (tab === 'edit' ? mayEdit : figures))
    return (
      <Screen
        title={school.name}
        crumbs={[{ text: t('school.list.title'), href: '/schools' }, { text: school.name }]}
        tools={
          <>
            <ButtonLink href={addressOf('/teachers', { school: school.id, asOf: query.asOf })}>
              {t('school.page.people')}
            </ButtonLink>
            <PrintButton label={t('register.print.button')} />
          </>
        }
        foot={[t('register.print.filledBy'), t('register.print.checkedBy'), page.on]}
      >
        <Card>
          <Facts items={headFacts(t, page)} />
        </Card>
        {tabs.length > 0 && (
          <Tabs
            label={school.name}
            items={tabs.map((tab) => ({
              text: t(`school.page.tab.${tab}`),
              href: addressOf(path, { tab: tab === 'staffing' ? undefined : tab, asOf: query.asOf }),
              current: tab === query.tab,
            }))}
          />
        )}
        {figures && query.tab === 'staffing' && <Staffing t={t} page={page} asOf={query.asOf} />}
        {figures && query.tab === 'need' && <NeedList t={t} page={page} asOf={query.asOf} />}
        {figures && query.tab === 'movers' && <Movers t={t} page={page} />}
        {figures && query.tab === 'indicators' && <Indicators t={t} page={page} />}
        {query.tab === 'edit' && mayEdit && (
          <div className="columns">
            {mayUse(actor, 'register.school.edit') && <SchoolForm t={t} school={school} />}
            {page.years[0] && mayUse(actor, 'register.schoolYear.edit') && (
              <SchoolYearForm t={t} year={page.years[0]} />
            )}
            {mayUse(actor, 'register.head.change') && (
              <TieForms t={t} page={page} schools={schools} today={actor.today} />
            )}
          </div>
        )}
      </Screen>
    )
  },
})

function headFacts(t: Translate, page: SchoolPage) {
  const { school } = page
  return [
    { label: t('school.field.code'), value: school.code },
    {
      label: t('school.field.kind'),
      value: [label(t, 'schoolKind', school.kind), label(t, 'locality', school.locality), school.zone]
        .filter(Boolean)
        .join(' · '),
    },
    ...(page.group ? [{ label: t('school.ties.group'), value: page.group }] : []),
    ...(page.branchOf ? [{ label: t('school.ties.of'), value: page.branchOf.name }] : []),
    ...(page.branches.length > 0
      ? [{ label: t('school.ties.branch'), value: page.branches.map(({ name }) => name).join(t('board.schools.join')) }]
      : []),
    ...(page.pairs.length > 0
      ? [
          {
            label: t('school.ties.pairing'),
            value: page.pairs
              .map((pair) => t('school.ties.pair', { name: pair.name, classes: pair.classes }))
              .join(t('board.schools.join')),
          },
        ]
      : []),
  ]
}
