import Link from 'next/link'
import { addressOf } from '@/app/_ui/address.ts'
import { Card, Facts, Stat } from '@/app/_ui/screen.tsx'
import { formatCount, formatShare } from '@/lib/i18n/format.ts'
import { formatTenths } from '@/lib/i18n/tenths.ts'
import type { Translate } from '@/lib/i18n/translate.ts'
import { label } from '@/lib/i18n/vocabulary.ts'
import type { SchoolPage } from '@/lib/register/queries/school-page.ts'
import type { Title } from '@/lib/rules/register/vocabulary.ts'

const SHOWN: readonly Title[] = ['full_senior', 'senior', 'first', 'second', 'third']

/** Establishment three ways, never mixed (R-EST-2), title structure, backbone; every number opens its people. */
export function Staffing({ t, page, asOf }: { t: Translate; page: SchoolPage; asOf?: string }) {
  const { establishment, titles, structure, school } = page
  if (!establishment) return null
  const people = (filter: Record<string, string | undefined>) =>
    addressOf('/teachers', { school: school.id, ...filter, asOf })
  const most = Math.max(1, ...SHOWN.map((title) => titles[title]))
  return (
    <>
      <Card title={t('school.establishment.title')}>
        <div className="stats">
          <Stat
            label={t('school.establishment.approved')}
            value={
              establishment.approved === null ? t('school.establishment.unknown') : formatCount(establishment.approved)
            }
          />
          <Stat label={t('school.establishment.norm')} value={formatTenths(establishment.norm.tenths)} />
          <Stat
            label={t('school.establishment.actual')}
            value={formatCount(establishment.actual)}
            href={people({ form: 'in' })}
          />
          <Stat label={t('school.establishment.staff')} value={formatCount(establishment.staff)} href={people({})} />
          <Stat
            label={t('school.establishment.workPlace')}
            value={formatCount(establishment.byWorkPlace)}
            href={people({ basis: 'workplace' })}
          />
        </div>
        <p style={{ marginTop: 8 }}>
          {establishment.overApproved !== null &&
            t('school.establishment.overApproved', {
              over: establishment.overApproved,
              size: Math.abs(establishment.overApproved),
            })}{' '}
          {t(establishment.overNormTenths >= 0 ? 'school.establishment.overNorm' : 'school.establishment.underNorm', {
            size: formatTenths(Math.abs(establishment.overNormTenths)),
          })}
        </p>
        <p className="small muted">{t('school.establishment.about')}</p>
      </Card>
      <div className="columns">
        <Card title={t('school.titles.title')}>
          {structure ? (
            <>
              <div className="meter">
                {SHOWN.map((title) => (
                  <div key={title} style={{ display: 'contents' }}>
                    <span>{label(t, 'title', title)}</span>
                    <svg
                      viewBox="0 0 100 10"
                      preserveAspectRatio="none"
                      style={{ height: 10, width: '100%' }}
                      aria-hidden="true"
                    >
                      <rect width="100" height="10" fill="var(--paper-2)" />
                      <rect width={(titles[title] / most) * 100} height="10" fill="var(--accent)" />
                    </svg>
                    <Link className="num" href={people({ title }) as never}>
                      {titles[title]}
                    </Link>
                  </div>
                ))}
              </div>
              <Facts
                items={(['senior', 'middle', 'junior'] as const).map((level) => ({
                  label: t(`school.titles.${level}`),
                  value: formatShare(structure[level], t.locale),
                }))}
              />
              <p className="small muted">{t('school.titles.about')}</p>
            </>
          ) : (
            <p className="muted">{t('school.titles.none')}</p>
          )}
        </Card>
        <Card title={t('school.backbone.title')}>
          <div className="stats">
            <Stat
              label={t('school.backbone.relation')}
              value={page.backbone.relation}
              href={people({ backbone: 'yes' })}
            />
            <Stat
              label={t('school.backbone.workPlace')}
              value={page.backbone.workplace}
              href={people({ backbone: 'yes', basis: 'workplace' })}
            />
            <Stat
              label={t('school.figure.out')}
              value={page.out.length}
              href={addressOf(`/schools/${school.id}`, { tab: 'movers', asOf })}
            />
            <Stat
              label={t('school.figure.in')}
              value={page.in.length}
              href={addressOf(`/schools/${school.id}`, { tab: 'movers', asOf })}
            />
          </div>
          <p className="small muted">{t('school.backbone.about')}</p>
        </Card>
      </div>
    </>
  )
}
