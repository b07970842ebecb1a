import { z } from 'zod'
import { definePage } from '@/app/_server/page.tsx'
import { ActionForm, SubmitButton, TextArea, TextField } from '@/app/_ui/action-form.tsx'
import { Card, Screen } from '@/app/_ui/screen.tsx'
import { addDays } from '@/lib/rules/values/dates.ts'
import { idSchema, type StudioId } from '@/lib/rules/values/ids.ts'
import { studioDetail } from '@/lib/talent/queries/studio.ts'
import { StudioFields } from '../../_parts/studio-fields.tsx'
import { editStudioAction } from '../../actions.ts'

export default definePage('talent.studio.edit', {
  params: z.object({ studioId: idSchema<StudioId>() }),
  load: (tx, { params, actor }) => studioDetail(tx, params.studioId, actor),
  view: (studio, { t }) => (
    <Screen
      title={t('talent.studio.edit')}
      crumbs={[
        { text: t('talent.title'), href: '/talent' },
        { text: studio.name, href: `/talent/${studio.id}` },
      ]}
    >
      <Card>
        <ActionForm action={editStudioAction} hidden={{ studioId: studio.id, version: studio.version }}>
          <StudioFields t={t} studio={studio} />
          <div className="row">
            <TextField
              name="from"
              type="date"
              label={t('talent.studio.from')}
              required
              defaultValue={studio.during.from}
            />
            <TextField
              name="last"
              type="date"
              label={t('talent.studio.last')}
              hint={t('talent.studio.lastHint')}
              required
              defaultValue={studio.during.until ? addDays(studio.during.until, -1) : undefined}
            />
          </div>
          <TextArea name="reason" label={t('talent.reason')} maxLength={300} rows={2} />
          <SubmitButton>{t('talent.studio.save')}</SubmitButton>
        </ActionForm>
      </Card>
    </Screen>
  ),
})
