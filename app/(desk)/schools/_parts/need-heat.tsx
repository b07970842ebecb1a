import Link from 'next/link'
import { addressOf } from '@/app/_ui/address.ts'
import { EmptyState } from '@/app/_ui/screen.tsx'
import { formatTenths } from '@/lib/i18n/tenths.ts'
import type { Translate } from '@/lib/i18n/translate.ts'
import { label } from '@/lib/i18n/vocabulary.ts'
import type { NeedTable } from '@/lib/register/queries/school-list.ts'
import { needTenths, type UnitStage } from '@/lib/rules/register/subject-need.ts'

/** Two-sided colour with the number printed: the deeper, the further from the need. */
function shade(gapTenths: number): string | undefined {
  const strength = Math.min(1, Math.abs(gapTenths) / 50) * 0.45
  if (gapTenths <= -5) return `rgb(164 38 44 / ${0.06 + strength})`
  if (gapTenths >= 5) return `rgb(11 90 111 / ${0.06 + strength})`
  return undefined
}

/** Schools × subjects: have − need in each cell, a link to the people; the district's line last (R-SUB-1). */
export function NeedHeat({
  t,
  table,
  stage,
  asOf,
}: {
  t: Translate
  table: NeedTable
  stage: UnitStage
  asOf?: string
}) {
  const needs = table.needs.filter((row) => row.stage === stage && row.need !== null && row.need.num + row.have.num > 0)
  const subjects = [...new Set(needs.map((row) => row.subject))]
  const cells = new Map(needs.map((row) => [`${row.schoolId} ${row.subject}`, row]))
  const shown = table.schools.filter((school) => needs.some((row) => row.schoolId === school.id))
  if (shown.length === 0) return <EmptyState title={t('school.need.none')} text={t('school.need.noneHint')} />
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className="table-wrap tall" aria-label={t('school.need.title')} tabIndex={0}>
      <table className="table compact">
        <caption className="visually-hidden">{t('school.need.caption')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('teacher.field.school')}</th>
            {subjects.map((subject) => (
              <th key={subject} scope="col" className="num">
                {label(t, 'subject', subject)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((school) => (
            <tr key={school.id}>
              <td className="nowrap fixed-first">
                <Link href={addressOf(`/schools/${school.id}`, { tab: 'need', asOf }) as never}>{school.name}</Link>
              </td>
              {subjects.map((subject) => {
                const row = cells.get(`${school.id} ${subject}`)
                const gap = row?.gap ? needTenths(row.gap) : null
                return (
                  <td
                    key={subject}
                    className="num"
                    style={{ background: gap === null ? undefined : shade(gap) }}
                    title={
                      row?.need
                        ? t('school.need.cell', {
                            have: formatTenths(needTenths(row.have)),
                            need: formatTenths(needTenths(row.need)),
                          })
                        : undefined
                    }
                  >
                    {gap === null ? (
                      '—'
                    ) : (
                      <Link
                        style={{ color: 'inherit' }}
                        href={
                          addressOf('/teachers', {
                            school: school.id,
                            stage,
                            subject,
                            category: 'teacher',
                            asOf,
                          }) as never
                        }
                      >
                        {formatTenths(gap, true)}
                      </Link>
                    )}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
        {shown.length > 1 && (
          <tfoot>
            <tr>
              <td className="nowrap">{t('school.need.shortage')}</td>
              {subjects.map((subject) => {
                const row = table.district.find((one) => one.stage === stage && one.subject === subject)
                return (
                  <td
                    key={subject}
                    className="num"
                    title={
                      row?.gap ? t('school.need.net', { gap: formatTenths(needTenths(row.gap), true) }) : undefined
                    }
                  >
                    {row?.grossShortage ? formatTenths(needTenths(row.grossShortage)) : '—'}
                  </td>
                )
              })}
            </tr>
          </tfoot>
        )}
      </table>
    </section>
  )
}
