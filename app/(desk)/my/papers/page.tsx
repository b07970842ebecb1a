import { definePage } from '@/app/_server/page.tsx'
import { PrintButton } from '@/app/_ui/dialog.tsx'
import { Card, EmptyState, Screen } from '@/app/_ui/screen.tsx'
import { formatMonths } from '@/lib/i18n/format.ts'
import { casePapers } from '@/lib/rotation/queries/case-papers.ts'
import { postedNotices } from '@/lib/rotation/queries/notices.ts'
import { casesOfTeacher, ruralService } from '@/lib/rotation/queries/service.ts'
import { MoveLetter } from './_parts/move-letter.tsx'
import { PostedNotice } from './_parts/posted-notice.tsx'

export default definePage('rotation.papers.mine', {
  load: async (tx, { actor }) => {
    if (!actor.teacherId) return { cases: [], papers: [], rural: null, notices: await postedNotices(tx, actor.today) }
    const cases = await casesOfTeacher(tx, actor.teacherId)
    return {
      cases,
      papers: await casePapers(
        tx,
        cases.map(({ row }) => row.id),
        actor.today,
      ),
      rural: await ruralService(tx, actor.teacherId, actor.today),
      notices: await postedNotices(tx, actor.today),
    }
  },
  view: ({ cases, papers, rural, notices }, { t, actor, session }) => (
    <Screen title={t('document.mine.title')} tools={<PrintButton label={t('document.print')} />}>
      {cases.length === 0 && (
        <Card>
          <EmptyState title={t('document.mine.none')} text={t('document.mine.noneText')} />
        </Card>
      )}
      {cases.map((found) => (
        <MoveLetter
          key={found.row.id}
          t={t}
          found={found}
          paper={papers.find(({ caseId }) => caseId === found.row.id) ?? null}
          name={actor.name}
          district={session.district.name}
          notice={notices.find(({ id }) => id === found.row.noticeId) ?? null}
        />
      ))}
      {rural && rural.months > 0 && (
        <Card title={t('document.mine.rural')}>
          <p>
            {t('document.mine.ruralText', {
              months: formatMonths(rural.months, t.locale),
              semesters: rural.semesters,
              meets: rural.meets ? 'yes' : 'no',
            })}
          </p>
          <a className="button" href="/my/papers/certificate">
            {t('document.certificate')}
          </a>
        </Card>
      )}
      {notices.map((notice) => (
        <PostedNotice key={notice.id} t={t} notice={notice} />
      ))}
    </Screen>
  ),
})
