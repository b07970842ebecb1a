import Link from 'next/link'
import { ActionForm, CheckField, SubmitButton, TextField } from '@/app/_ui/action-form.tsx'
import { DialogButton } from '@/app/_ui/dialog.tsx'
import type { Translate } from '@/lib/i18n/translate.ts'
import type { SavedView } from '@/lib/platform/queries/saved-views.ts'
import type { ListPreferences } from '@/lib/register/queries/teacher-preferences.ts'
import { fieldsOf } from '@/lib/rules/access/masks.ts'
import type { Role } from '@/lib/rules/access/roles.ts'
import { chooseColumnsAction, deleteViewAction, saveViewAction } from '../actions.ts'

/** Which columns, and how dense; kept for the person. */
export function ColumnsDialog({ t, role, preferences }: { t: Translate; role: Role; preferences: ListPreferences }) {
  return (
    <DialogButton label={t('teacher.tools.columns')} title={t('teacher.tools.columns')} close={t('platform.close')}>
      <ActionForm action={chooseColumnsAction} closeDialog>
        <fieldset style={{ display: 'grid', gridTemplateColumns: 'repeat(auto-fill, minmax(120px, 1fr))', gap: 4 }}>
          <legend>{t('teacher.tools.columnsShown')}</legend>
          {fieldsOf(role)
            .filter((field) => field !== 'name')
            .map((field) => (
              <CheckField
                key={field}
                name="columns"
                value={field}
                label={t(`teacher.field.${field}`)}
                defaultChecked={preferences.columns.includes(field)}
              />
            ))}
        </fieldset>
        <CheckField name="compact" label={t('teacher.tools.compact')} defaultChecked={preferences.compact} />
        <SubmitButton>{t('teacher.tools.keepColumns')}</SubmitButton>
      </ActionForm>
    </DialogButton>
  )
}

/** Named addresses of this list: one's own shortcuts, and links to send to a colleague. */
export function ViewsMenu({ t, views, address }: { t: Translate; views: SavedView[]; address: string }) {
  return (
    <details className="menu">
      <summary className="button">{t('teacher.tools.views')}</summary>
      <div className="pop">
        {views.length === 0 && <p className="muted">{t('teacher.tools.noViews')}</p>}
        {views.map((view) => (
          <div key={view.id} className="actions" style={{ justifyContent: 'space-between' }}>
            <Link href={view.address as never}>{view.name}</Link>
            <ActionForm action={deleteViewAction} hidden={{ viewId: view.id }} className="actions">
              <SubmitButton kind="plain">{t('teacher.tools.deleteView')}</SubmitButton>
            </ActionForm>
          </div>
        ))}
        <ActionForm action={saveViewAction} hidden={{ page: 'teachers', address }}>
          <TextField name="name" label={t('teacher.tools.viewName')} maxLength={40} required />
          <SubmitButton kind="plain">{t('teacher.tools.saveView')}</SubmitButton>
        </ActionForm>
      </div>
    </details>
  )
}

/** Asks what the file is for, then downloads it; who took which rows is kept. */
export function ExportDialog({
  t,
  filter,
  selection,
  label,
}: {
  t: Translate
  filter: string
  selection?: boolean
  label: string
}) {
  const id = selection ? 'purpose-chosen' : 'purpose'
  return (
    <DialogButton label={label} title={label} kind={selection ? 'link' : undefined} close={t('platform.close')}>
      <form action="/api/teachers/export" method="post" className="form">
        <input type="hidden" name="filter" value={filter} />
        <input type="hidden" name="selection" value={selection ? 'true' : 'false'} />
        <p className="small muted">{t('teacher.export.about')}</p>
        <div className="field">
          <label htmlFor={id}>{t('teacher.export.purpose')}</label>
          <input id={id} name="purpose" required minLength={2} maxLength={200} autoComplete="off" />
        </div>
        <button type="submit" className="button primary">
          {t('teacher.export.submit')}
        </button>
      </form>
    </DialogButton>
  )
}
