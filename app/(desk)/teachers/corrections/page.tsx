import { z } from 'zod'
import { definePage } from '@/app/_server/page.tsx'
import { Card, EmptyState, Screen, Tabs } from '@/app/_ui/screen.tsx'
import { listCorrections } from '@/lib/register/queries/corrections.ts'
import { CorrectionCard } from './_parts/correction-card.tsx'

export default definePage('register.correction.list', {
  query: z.object({ which: z.enum(['open', 'all']).catch('open') }),
  load: async (tx, { actor, query }) => ({ rows: await listCorrections(tx, actor, { open: query.which === 'open' }) }),
  view: ({ rows }, { actor, query, t, session }) => (
    <Screen
      title={t('register.correction.page')}
      crumbs={[{ text: t('teacher.list.title'), href: '/teachers' }, { text: t('register.correction.page') }]}
    >
      <Tabs
        label={t('register.correction.page')}
        items={(['open', 'all'] as const).map((which) => ({
          text: t(`register.correction.which.${which}`),
          href: `/teachers/corrections?which=${which}`,
          current: query.which === which,
        }))}
      />
      {rows.length === 0 && (
        <Card>
          <EmptyState title={t('register.correction.none')} text={t('register.correction.noneHint')} />
        </Card>
      )}
      {rows.map((row) => (
        <CorrectionCard key={row.id} t={t} actor={actor} row={row} timeZone={session.district.timeZone} />
      ))}
    </Screen>
  ),
})
