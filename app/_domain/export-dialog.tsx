import { DialogButton } from '@/app/_ui/dialog.tsx'
import { DownloadForm } from '@/app/_ui/download-form.tsx'
import type { Translate } from '@/lib/i18n/translate.ts'

/** Asks what the file is for, then downloads what the filter shows; who took which rows is kept. */
export function ExportDialog({
  t,
  action,
  filter,
  area,
}: {
  t: Translate
  action: string
  /** Query part of the list's address. */
  filter: string
  /** Namespace of the sentences. */
  area: 'talent' | 'reserve' | 'board' | 'school'
}) {
  const label = t(`${area}.export.open`)
  return (
    <DialogButton label={label} title={label} close={t('platform.close')}>
      <DownloadForm action={action} failed={t('teacher.export.failed')}>
        <input type="hidden" name="filter" value={filter} />
        <p className="small muted">{t(`${area}.export.about`)}</p>
        <div className="field">
          <label htmlFor="export-purpose">{t(`${area}.export.purpose`)}</label>
          <input id="export-purpose" name="purpose" required minLength={2} maxLength={200} autoComplete="off" />
        </div>
        <button type="submit" className="button primary">
          {t(`${area}.export.submit`)}
        </button>
      </DownloadForm>
    </DialogButton>
  )
}
