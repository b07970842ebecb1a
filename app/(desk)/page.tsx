import { definePage } from '@/app/_server/page.tsx'
import { Screen } from '@/app/_ui/screen.tsx'

export default definePage('platform.home.view', {
  load: async () => ({}),
  view: (_, { t, session }) => (
    <Screen title={t('platform.home.title', { name: session.actor.name })}>
      <p className="card">{t('platform.home.about')}</p>
    </Screen>
  ),
})
