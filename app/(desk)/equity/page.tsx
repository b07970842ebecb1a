import { z } from 'zod'
import { ToImport } from '@/app/_domain/to-import.tsx'
import { definePage } from '@/app/_server/page.tsx'
import { addressOf } from '@/app/_ui/address.ts'
import { PrintButton } from '@/app/_ui/dialog.tsx'
import { Card, EmptyState, Screen, Tabs } from '@/app/_ui/screen.tsx'
import { equityBoard } from '@/lib/equity/queries/equity-board.ts'
import { ownReadings } from '@/lib/equity/queries/own-readings.ts'
import { asNumber, indicatorFacts, schoolValues } from '@/lib/equity/queries/school-values.ts'
import { formatCount } from '@/lib/i18n/format.ts'
import { INDICATOR_NUMBERS, type IndicatorNumber } from '@/lib/rules/equity/indicators.ts'
import { type LocalDate, parseDay } from '@/lib/rules/values/dates.ts'
import { DotPlot } from './_parts/dot-plot.tsx'
import { coefficientText, IndicatorTable, valueText } from './_parts/indicator-table.tsx'
import { OwnSchool } from './_parts/own-school.tsx'
import { SchoolTable } from './_parts/school-table.tsx'

const equityQuery = z.object({
  asOf: z
    .string()
    .refine((text) => parseDay(text) !== null)
    .transform((text) => text as LocalDate)
    .optional()
    .catch(undefined),
  stage: z.enum(['P', 'J']).catch('P'),
  indicator: z.coerce
    .number()
    .refine((number) => INDICATOR_NUMBERS.includes(number as IndicatorNumber))
    .transform((number) => number as IndicatorNumber)
    .catch(2),
})

/** 优质均衡: seven indicators a stage on both bases; a school sees itself and the district's line. */
export default definePage('equity.board.view', {
  query: equityQuery,
  load: async (tx, { actor, query }) =>
    actor.role === 'principal' || actor.role === 'school_hr'
      ? { kind: 'own' as const, readings: await ownReadings(tx) }
      : { kind: 'district' as const, board: await equityBoard(tx, query.asOf ?? actor.today) },
  view: (data, { actor, query, session, t }) => {
    const tools = <PrintButton label={t('policy.print')} />
    const foot = [t('roll.print.by'), t('roll.print.checked')]
    if (data.kind === 'own')
      return (
        <Screen title={t('equity.title')} tools={tools} foot={foot}>
          <OwnSchool readings={data.readings} timeZone={session.district.timeZone} t={t} />
        </Screen>
      )
    const { board } = data
    const { stage, indicator } = query
    const at = (change: Partial<typeof query>) => addressOf('/equity', { ...query, ...change })
    const figures = board.relation.stages[stage]
    if (figures.units === 0)
      return (
        <Screen title={t('equity.title')}>
          <EmptyState title={t('equity.none')} text={t('equity.noneText')} next={<ToImport t={t} actor={actor} />} />
        </Screen>
      )
    const relation = schoolValues(board.relation, board.schools, stage, indicator)
    const workplace = schoolValues(board.workplace, board.schools, stage, indicator)
    const facts = indicatorFacts(indicator)
    const threshold = asNumber(facts.threshold[stage]) ?? 0
    const name = t(`equity.indicator.${facts.key}`)
    const official = figures.indicators.find(({ number }) => number === indicator)!
    const real = board.workplace.stages[stage].indicators.find(({ number }) => number === indicator)!
    const finding = t('equity.plot.finding', {
      stage: t(`vocabulary.stage.${stage}`),
      indicator: name,
      below: official.below.length,
      units: figures.units,
      official: coefficientText(official.coefficient?.tenThousandths),
      real: coefficientText(real.coefficient?.tenThousandths),
    })
    return (
      <Screen title={t('equity.title')} tools={tools} foot={foot}>
        <Tabs
          label={t('equity.stages')}
          items={(['P', 'J'] as const).map((one) => ({
            text: t('equity.stageTab', {
              stage: t(`vocabulary.stage.${one}`),
              units: board.relation.stages[one].units,
              pupils: formatCount(board.relation.stages[one].pupils),
            }),
            href: at({ stage: one }),
            current: one === stage,
          }))}
        />
        <IndicatorTable
          board={board}
          stage={stage}
          current={indicator}
          href={(number) => at({ indicator: number })}
          t={t}
        />
        <Card title={finding}>
          <p className="small muted">{t('equity.plot.about', { day: board.on, unit: t(`equity.per.${facts.per}`) })}</p>
          <DotPlot
            t={t}
            title={finding}
            unit={t(`equity.per.${facts.per}`)}
            threshold={threshold}
            href={(id) => `/schools/${id}`}
            shown={valueText}
            lanes={[
              { label: t('equity.basis.relation'), values: relation, filled: false },
              ...(facts.movedByRotation
                ? [{ label: t('equity.basis.workplace'), values: workplace, filled: true }]
                : []),
            ]}
          />
        </Card>
        <Card title={t('equity.school.title', { indicator: name })} id="schools">
          <SchoolTable
            label={t('equity.school.title', { indicator: name })}
            rows={relation.map((own) => ({
              relation: own,
              workplace: workplace.find(({ schoolId }) => schoolId === own.schoolId),
            }))}
            t={t}
          />
        </Card>
      </Screen>
    )
  },
})
