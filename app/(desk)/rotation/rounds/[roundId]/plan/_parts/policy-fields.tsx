import { CheckField, SelectField, TextField } from '@/app/_ui/action-form.tsx'
import type { Translate } from '@/lib/i18n/translate.ts'
import { INDICATOR_FIELDS, indicatorField } from '@/lib/rotation/inputs/scenarios.ts'
import { RELAXABLE_RULES } from '@/lib/rules/planner/format.ts'

type Values = Record<string, string>

/** Every policy field of a plan with the sentence that explains it; an anchor each, for the rules that link here. */
export function PolicyFields({ t, values }: { t: Translate; values: Values }) {
  const text = (name: string, hint?: string, required = true) => (
    <TextField
      name={name}
      label={t(`plan.field.${name}`)}
      defaultValue={values[name] ?? ''}
      required={required}
      hint={hint}
    />
  )
  const share = t('plan.form.shareHint')
  const sections: { id: string; field: string; inputs: React.ReactNode }[] = [
    { id: 'rate_total', field: 'rate_total', inputs: text('rate_total', share) },
    {
      id: 'backbone_reading',
      field: 'backbone_reading',
      inputs: (
        <SelectField
          name="backbone_reading"
          label={t('plan.field.backbone_reading')}
          defaultValue={values.backbone_reading}
          options={['A', 'B', 'C'].map((value) => ({ value, text: t(`plan.reading.${value}`) }))}
        />
      ),
    },
    { id: 'rate_backbone', field: 'rate_backbone', inputs: text('rate_backbone', share) },
    { id: 'max_moves', field: 'max_moves', inputs: text('max_moves') },
    { id: 'leave_share', field: 'leave_share', inputs: text('leave_share', share) },
    { id: 'backbone_leave_share', field: 'backbone_leave_share', inputs: text('backbone_leave_share', share) },
    {
      id: 'net_default',
      field: 'net_default',
      inputs: (
        <>
          {text('net_low')}
          {text('net_high')}
        </>
      ),
    },
    { id: 'direction_rate', field: 'direction_rate', inputs: text('direction_rate', share) },
    { id: 'commute_hm', field: 'commute_hm', inputs: text('commute_km', t('plan.form.kmHint'), false) },
    {
      id: 'zone_only',
      field: 'zone_only',
      inputs: (
        <CheckField name="zone_only" label={t('plan.field.zone_only')} defaultChecked={values.zone_only === 'on'} />
      ),
    },
    { id: 'wish_points', field: 'wish_points', inputs: text('wish_points', t('plan.form.pointsHint')) },
    {
      id: 'relation_moves',
      field: 'relation_moves',
      inputs: (
        <CheckField
          name="relation_moves"
          label={t('plan.field.relation_moves')}
          defaultChecked={values.relation_moves === 'on'}
        />
      ),
    },
    {
      id: 'soft',
      field: 'soft',
      inputs: (
        <>
          {text('soft_send')}
          {text('soft_shortage')}
        </>
      ),
    },
    {
      id: 'indicators',
      field: 'indicators',
      inputs: INDICATOR_FIELDS.map(({ id, stage }) => {
        const name = indicatorField(id, stage)
        return (
          <TextField
            key={name}
            name={name}
            label={t('plan.form.weight', {
              indicator: t(`plan.indicator.${id}`),
              stage: t(`vocabulary.stage.${stage}`),
            })}
            defaultValue={values[name] ?? '0'}
          />
        )
      }),
    },
  ]
  return (
    <div>
      {sections.map(({ id, field, inputs }) => (
        <div key={id} className="policy-field" id={`policy-${id}`}>
          <p className="small muted">{t(`planner.policy.${field}`)}</p>
          <div className="inputs">{inputs}</div>
        </div>
      ))}
      <details className="policy-field" id="policy-relax_cost">
        <summary>{t('plan.form.relaxCosts')}</summary>
        <p className="explain">{t('planner.policy.relax_cost')}</p>
        <div className="inputs">
          {RELAXABLE_RULES.map((rule) => (
            <TextField
              key={rule}
              name={`cost_${rule}`}
              label={rule}
              hint={t(`planner.rule.${rule}`)}
              defaultValue={values[`cost_${rule}`] ?? ''}
              required
            />
          ))}
        </div>
      </details>
    </div>
  )
}

/** Field of the plan's policy that a rule is set by; rules of the round itself have none here. */
export const FIELD_OF_RULE: Record<string, string> = {
  H5: 'rate_total',
  H6: 'rate_backbone',
  H7c: 'backbone_leave_share',
  H8: 'leave_share',
  H9: 'net_default',
  H10: 'direction_rate',
  H11: 'commute_hm',
  H15: 'max_moves',
}
