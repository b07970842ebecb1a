import type { Translate } from '@/lib/i18n/translate.ts'

/** Sentences of a drop on a list, in the person's language. */
export const dropLabels = (t: Translate) => ({
  drop: t('import.upload.anywhere'),
  sending: t('import.upload.sending'),
  failed: t('import.upload.failed'),
})
