import { ButtonLink } from '@/app/_ui/screen.tsx'
import type { Translate } from '@/lib/i18n/translate.ts'
import type { Actor } from '@/lib/rules/access/actor.ts'
import { mayUse } from '@/lib/rules/access/permissions.ts'

/** Where an empty register is filled, for who may. */
export function ToImport({ t, actor }: { t: Translate; actor: Actor }) {
  if (!mayUse(actor, 'import.batch.upload')) return null
  return (
    <ButtonLink href="/imports" kind="primary">
      {t('import.page.open')}
    </ButtonLink>
  )
}
