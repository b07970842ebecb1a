import type { LinkLabels } from '@/app/_ui/link-form.tsx'
import type { Translate } from '@/lib/i18n/translate.ts'

/** Words of the part that shows one-time links. */
export const linkLabels = (t: Translate): LinkLabels => ({
  title: t('account.link.title'),
  note: t('account.link.note'),
  login: t('account.login'),
  name: t('account.name'),
  link: t('account.link.link'),
  copyAll: t('account.link.copy'),
  copied: t('account.link.copied'),
  copyOne: t('account.link.copyOne'),
  until: t('account.link.until'),
  print: t('account.link.print'),
  line: t('account.link.line', { name: '{name}', login: '{login}', link: '{link}' }),
})
