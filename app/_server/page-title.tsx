import 'server-only'
import { currentTranslate } from './current.ts'

/** The words on the browser's tab: the page first, so that twenty tabs can be told apart. */
export async function PageTitle({ text }: { text: string }) {
  const t = await currentTranslate()
  return <title>{text ? `${text} · ${t('platform.brand')}` : t('platform.product')}</title>
}
