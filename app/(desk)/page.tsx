import { definePage } from '@/app/_server/page.tsx'
import { Screen } from '@/app/_ui/screen.tsx'
import { beginningSteps } from '@/lib/home/queries/beginning.ts'
import { bureauFigures } from '@/lib/home/queries/bureau-home.ts'
import { runningPostings } from '@/lib/home/queries/flows.ts'
import { myCases, myPostings } from '@/lib/home/queries/my-moves.ts'
import { schoolHome } from '@/lib/home/queries/school-home.ts'
import { inboxByKind } from '@/lib/registry/inbox.ts'
import { reserveOverview } from '@/lib/reserve/queries/overview.ts'
import { myEligibility } from '@/lib/rotation/queries/my-eligibility.ts'
import { Beginning } from './_parts/home/beginning.tsx'
import { BureauHome } from './_parts/home/bureau-home.tsx'
import { MyHome } from './_parts/home/my-home.tsx'
import { NextSteps } from './_parts/home/next-steps.tsx'
import { SchoolHome } from './_parts/home/school-home.tsx'
import { ToDo } from './_parts/home/to-do.tsx'
import { Welcome } from './_parts/home/welcome.tsx'
import { YearCalendar } from './_parts/home/year-calendar.tsx'

export default definePage('platform.home.view', {
  load: async (tx, { actor }) => {
    const bureau = actor.role === 'bureau_hr' || actor.role === 'bureau_reviewer'
    const school = actor.role === 'principal' || actor.role === 'school_hr'
    const me = actor.role === 'teacher' ? actor.teacherId : null
    return {
      beginning: await beginningSteps(tx, actor),
      waiting: await inboxByKind(tx, actor),
      bureau: bureau
        ? {
            figures: await bureauFigures(tx, actor),
            postings: await runningPostings(tx, actor.today),
            reserve: await reserveOverview(tx, actor.districtId, actor.today),
          }
        : null,
      school: school ? await schoolHome(tx, actor) : null,
      mine: me
        ? {
            eligibility: await myEligibility(tx, actor),
            cases: await myCases(tx, me),
            postings: await myPostings(tx, me),
          }
        : null,
    }
  },
  view: ({ beginning, waiting, bureau, school, mine }, { t, session, actor }) => {
    return (
      <Screen
        title={t('home.title', { name: actor.name, role: t(`platform.role.${actor.role}`) })}
        tab={t('platform.rail.home')}
      >
        {!session.welcomed && <Welcome t={t} actor={actor} />}
        {beginning && <Beginning t={t} steps={beginning} />}
        {bureau ? (
          <BureauHome
            t={t}
            {...bureau}
            today={actor.today}
            timeZone={session.district.timeZone}
            todo={<ToDo t={t} waiting={waiting} />}
            calendar={<YearCalendar t={t} actor={actor} />}
          />
        ) : (
          <div className="columns">
            <ToDo t={t} waiting={waiting} />
            {school ? <YearCalendar t={t} actor={actor} /> : <NextSteps t={t} actor={actor} />}
          </div>
        )}
        {school && <SchoolHome t={t} {...school} />}
        {mine && <MyHome t={t} role={actor.role} {...mine} />}
      </Screen>
    )
  },
})
