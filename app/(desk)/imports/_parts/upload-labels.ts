import type { Translate } from '@/lib/i18n/translate.ts'
import { IMPORT_KINDS } from '@/lib/register/imports/run/entries.ts'

/** Sentences of the upload, in the person's language. */
export const uploadLabels = (t: Translate) => ({
  drop: t('import.upload.drop'),
  choose: t('import.upload.choose'),
  sending: t('import.upload.sending'),
  failed: t('import.upload.failed'),
  kind: t('import.page.kind'),
  kinds: [
    { value: '', text: t('import.upload.guess') },
    ...IMPORT_KINDS.map((value) => ({ value, text: t(`import.kind.${value}`) })),
  ],
})
