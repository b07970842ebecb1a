import { ActionForm, SelectField, SubmitButton, TextArea } from '@/app/_ui/action-form.tsx'
import { Card } from '@/app/_ui/screen.tsx'
import { objectToEntryAction } from '@/app/(desk)/rotation/notices/actions.ts'
import type { Translate } from '@/lib/i18n/translate.ts'
import type { postedNotices } from '@/lib/rotation/queries/notices.ts'

type Notice = Awaited<ReturnType<typeof postedNotices>>[number]

/** A notice that runs, and the way to object to one entry of it; who objects stays between handler and reviewer. */
export function PostedNotice({ t, notice }: { t: Translate; notice: Notice }) {
  return (
    <Card title={notice.title}>
      <p>
        {t('notice.open.period', { days: notice.days, from: notice.publishedOn ?? '', until: notice.endsOn ?? '' })}{' '}
        <a href="/notices">{t('notice.open.read')}</a>
      </p>
      <details>
        <summary>{t('notice.object.open')}</summary>
        <ActionForm action={objectToEntryAction} hidden={{ noticeId: notice.id }}>
          <p className="noted">{t('notice.object.about')}</p>
          <SelectField
            name="caseId"
            label={t('notice.objection.about')}
            required
            blank={t('notice.objection.choose')}
            options={notice.rows.map((entry, index) => ({
              value: notice.caseIds[index] ?? '',
              text: t('notice.object.entry', {
                number: entry.number,
                name: entry.name,
                origin: entry.origin,
                destination: entry.destination,
              }),
            }))}
          />
          <TextArea name="text" label={t('notice.objection.text')} required maxLength={2000} />
          <div className="actions">
            <SubmitButton>{t('notice.object.submit')}</SubmitButton>
          </div>
        </ActionForm>
      </details>
    </Card>
  )
}
