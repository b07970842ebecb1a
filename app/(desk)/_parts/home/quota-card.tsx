import { type QuotaBar, QuotaBars } from '@/app/_domain/charts/quota-bars.tsx'
import { Card } from '@/app/_ui/screen.tsx'
import type { BureauFigures } from '@/lib/home/queries/bureau-home.ts'
import { formatMoment, formatSchoolYear, formatShare } from '@/lib/i18n/format.ts'
import type { Translate } from '@/lib/i18n/translate.ts'
import type { PeoplePart } from '@/lib/rotation/queries/people-behind.ts'
import type { FigureLine } from '@/lib/rules/rotation/round-figures.ts'

/** Total and the three backbone readings as bars; the policy's reading decides, the others stand beside it (R-QUOTA-2). */
export function QuotaCard({ t, figures, timeZone }: { t: Translate; figures: BureauFigures; timeZone: string }) {
  const { quota, round } = figures
  /** Each number opens the people it counts (R-QUOTA-4); before the year's round the register's own lists stand in. */
  const people = (part: PeoplePart) => (round ? `/rotation/rounds/${round.id}/people?part=${part}` : null)
  const moved = people('moved') ?? '/teachers?posted=out'
  const movedBackbone = people('movedBackbone') ?? '/teachers?posted=out'
  const base = people('eligible') ?? '/rotation/roll'
  const baseOf = { A: moved, B: people('eligibleBackbone') ?? '/rotation/roll', C: base }
  const verdict = (line: FigureLine | null) =>
    line === null
      ? t('home.quota.noBase')
      : line.met
        ? t('home.quota.met', { over: line.num - line.need })
        : t('home.quota.short', { missing: line.need - line.num })
  const share = (line: FigureLine | null) => formatShare({ num: line?.num ?? 0, den: line?.den ?? 0 }, t.locale)
  const stateOf = (line: FigureLine | null, binding: boolean): QuotaBar['state'] =>
    line === null ? 'no_base' : !binding ? 'reference' : line.met ? 'met' : 'short'
  const total: QuotaBar = {
    key: 'total',
    label: t('home.quota.total'),
    parts: [
      { key: 'new', label: t('home.quota.new'), count: quota.new, href: people('new') ?? moved },
      {
        key: 'continuing',
        label: t('home.quota.continuing'),
        count: quota.continuing,
        href: people('continuing') ?? moved,
      },
    ],
    need: quota.total?.need ?? null,
    needHref: base,
    state: stateOf(quota.total, true),
    share: share(quota.total),
    shareHref: moved,
    verdict: verdict(quota.total),
  }
  const readings = (['A', 'B', 'C'] as const).map((reading): QuotaBar => {
    const line = quota.readings[reading]
    const binding = reading === quota.binding
    return {
      key: reading,
      label: t(binding ? 'home.quota.binding' : 'home.quota.reading', { reading: t(`home.quota.of${reading}`) }),
      parts: [{ key: 'backbone', label: t('home.quota.backbone'), count: quota.RB, href: movedBackbone }],
      need: line?.need ?? null,
      needHref: baseOf[reading],
      state: stateOf(line, binding),
      share: share(line),
      shareHref: movedBackbone,
      verdict: binding ? verdict(line) : t('home.quota.reference', { verdict: verdict(line) }),
    }
  })
  const title =
    quota.total === null
      ? t('home.quota.noBase')
      : t('home.quota.finding', { total: verdict(quota.total), backbone: verdict(quota.readings[quota.binding]) })
  const year = formatSchoolYear(figures.year, t.locale)
  const read = formatMoment(figures.readAt, timeZone)
  const note = round
    ? t('home.quota.noteRound', { round: round.name, read })
    : t('home.quota.noteRegister', { year, read })
  return (
    <Card title={t('home.quota.title', { year })}>
      <QuotaBars t={t} text={{ title, note }} bars={[total, ...readings]} />
    </Card>
  )
}
