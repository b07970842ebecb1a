import { definePage } from '@/app/_server/page.tsx'
import { ActionForm, SubmitButton, TextArea, TextField } from '@/app/_ui/action-form.tsx'
import { Screen } from '@/app/_ui/screen.tsx'
import { COLLECTION_COLUMNS, collectableSchools } from '@/lib/register/queries/collections.ts'
import { addDays } from '@/lib/rules/values/dates.ts'
import { createCollectionAction } from '../actions.ts'

const USUAL = new Set<string>([
  'staffNo',
  'title',
  'postGrade',
  'stage',
  'subject',
  'periods',
  'duty',
  'status',
  'workSchool',
])

export default definePage('collection.task.create', {
  load: (tx) => collectableSchools(tx),
  view: (schools, { actor, t }) => (
    <Screen title={t('collection.new')} crumbs={[{ text: t('collection.title'), href: '/collections' }]}>
      <div className="card">
        <ActionForm action={createCollectionAction}>
          <TextField
            name="title"
            label={t('collection.name')}
            required
            maxLength={80}
            placeholder={t('collection.namePlaceholder')}
          />
          <TextField
            name="dueOn"
            type="date"
            label={t('collection.dueOn')}
            required
            defaultValue={addDays(actor.today, 7)}
          />
          <fieldset>
            <legend>{t('collection.columns')}</legend>
            <div className="actions">
              {COLLECTION_COLUMNS.map((column) => (
                <label key={column} className="check">
                  <input type="checkbox" name="columns" value={column} defaultChecked={USUAL.has(column)} />
                  <span>{t(`import.field.${column}`)}</span>
                </label>
              ))}
            </div>
          </fieldset>
          <fieldset>
            <legend>{t('collection.schools', { count: schools.length })}</legend>
            <div className="actions" style={{ maxHeight: 220, overflowY: 'auto' }}>
              {schools.map((school) => (
                <label key={school.id} className="check">
                  <input type="checkbox" name="schools" value={school.id} defaultChecked />
                  <span>{school.name}</span>
                </label>
              ))}
            </div>
          </fieldset>
          <TextArea name="note" label={t('collection.note')} maxLength={500} />
          <div className="actions">
            <SubmitButton>{t('collection.create')}</SubmitButton>
          </div>
        </ActionForm>
      </div>
    </Screen>
  ),
})
