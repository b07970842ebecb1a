import { z } from 'zod'
import { definePage } from '@/app/_server/page.tsx'
import { ActionForm, SubmitButton, TextArea } from '@/app/_ui/action-form.tsx'
import { Card, Screen } from '@/app/_ui/screen.tsx'
import { candidateDetail } from '@/lib/reserve/queries/candidate.ts'
import { type CandidateId, idSchema } from '@/lib/rules/values/ids.ts'
import { CandidateFields } from '../../_parts/candidate-fields.tsx'
import { editCandidateAction } from '../../actions.ts'

export default definePage('reserve.candidate.edit', {
  params: z.object({ candidateId: idSchema<CandidateId>() }),
  load: async (tx, { params, actor }) => {
    const person = await candidateDetail(tx, params.candidateId, actor)
    return person?.bureau ? { ...person, ...person.bureau } : null
  },
  view: (person, { t }) => (
    <Screen
      title={t('reserve.candidate.edit')}
      crumbs={[
        { text: t('reserve.title'), href: '/reserve' },
        { text: person.name, href: `/reserve/${person.id}` },
      ]}
    >
      <Card>
        <ActionForm action={editCandidateAction} hidden={{ candidateId: person.id, version: person.version }}>
          <CandidateFields t={t} year={person.year} person={person} />
          <TextArea name="reason" label={t('reserve.field.reason')} maxLength={300} rows={2} />
          <SubmitButton>{t('reserve.candidate.save')}</SubmitButton>
        </ActionForm>
      </Card>
    </Screen>
  ),
})
