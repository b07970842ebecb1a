import { createTranslator } from 'use-intl/core'
import en from '../../i18n/messages/en/import.json' with { type: 'json' }
import zh from '../../i18n/messages/zh-CN/import.json' with { type: 'json' }
import type { Finding } from '../../platform/workbook/finding.ts'

export type ImportLanguage = 'zh-CN' | 'en'

const MESSAGES: Record<ImportLanguage, typeof zh> = { 'zh-CN': zh, en }

/** Sentences of the import outside a page: for the returned workbook, the command line and reports. */
export function importSentences(language: ImportLanguage) {
  const messages = MESSAGES[language]
  const t = createTranslator({ locale: language, messages, timeZone: 'Asia/Shanghai' }) as (
    key: string,
    values?: Record<string, string | number>,
  ) => string
  const fieldName = (field: string | null): string =>
    field !== null && field in messages.field ? t(`field.${field}`) : (field ?? '')
  return {
    say: t,
    fieldName,
    finding: ({ code, values, original, mended, field }: Finding): string =>
      t(`finding.${code}`, { ...values, original, mended: mended ?? '', field: fieldName(field) }),
  }
}
