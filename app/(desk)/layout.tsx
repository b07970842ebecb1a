import Link from 'next/link'
import type { ReactNode } from 'react'
import { currentTranslate } from '@/app/_server/current.ts'
import { readAs, requireSession } from '@/app/_server/page.tsx'
import { SaidOnPage } from '@/app/_ui/said.tsx'
import { formatSchoolYear } from '@/lib/i18n/format.ts'
import { inboxCount } from '@/lib/registry/inbox.ts'
import { navigationFor } from '@/lib/rules/access/navigation.ts'
import { schoolYearOf } from '@/lib/rules/values/dates.ts'
import { AsOf } from './_parts/as-of.tsx'
import { Finder } from './_parts/finder.tsx'
import { Me } from './_parts/me.tsx'
import { Moving } from './_parts/moving.tsx'
import { RailLink } from './_parts/rail-link.tsx'
import { Waiting } from './_parts/waiting.tsx'

export default async function DeskLayout({ children }: { children: ReactNode }) {
  const session = await requireSession()
  const t = await currentTranslate()
  const { actor, district } = session
  // Not awaited here: the page below begins its own reading meanwhile.
  const waiting = readAs(session, inboxCount)
  return (
    <div className="desk">
      <Moving text={t('platform.frame.moving')} />
      <a className="skip" href="#content">
        {t('platform.frame.skip')}
      </a>
      <nav className="rail" aria-label={t('platform.frame.rail')}>
        <Link className="brand" href="/">
          {t('platform.brand')}
        </Link>
        {navigationFor(actor).map((item) => (
          <RailLink key={item.key} href={item.href} text={t(`platform.rail.${item.key}`)}>
            {item.key === 'inbox' && <Waiting count={waiting} />}
          </RailLink>
        ))}
      </nav>
      <div style={{ minWidth: 0 }}>
        <div className="topbar">
          <span className="nowrap">{district.name}</span>
          <span className="nowrap muted">{formatSchoolYear(schoolYearOf(actor.today), t.locale)}</span>
          <AsOf
            today={actor.today}
            labels={{
              today: t('platform.frame.asOfToday'),
              past: t('platform.frame.asOfPast'),
              pick: t('platform.frame.asOfPick'),
              back: t('platform.frame.asOfBack'),
            }}
          />
          <span className="grow" />
          <Finder
            labels={{
              open: t('platform.finder.open'),
              hint: t('platform.finder.hint'),
              none: t('platform.finder.none'),
              close: t('platform.close'),
            }}
          />
          <Link className="nowrap waiting" href="/inbox">
            {t('platform.rail.inbox')} <Waiting count={waiting} quietClass="muted" />
          </Link>
          <Me session={session} t={t} />
        </div>
        {district.nature !== 'real' && (
          <div className="banner">{t(`platform.frame.${district.nature}`, { today: actor.today })}</div>
        )}
        <main id="content">{children}</main>
        <SaidOnPage />
      </div>
    </div>
  )
}
