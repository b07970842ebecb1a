import Link from 'next/link'
import { currentTranslate } from './_server/current.ts'
import { PageTitle } from './_server/page-title.tsx'

export default async function NotFound() {
  const t = await currentTranslate()
  return (
    <main className="open">
      <PageTitle text={t('platform.notFound.title')} />
      <div className="sheet">
        <h1 style={{ fontSize: 18 }}>{t('platform.notFound.title')}</h1>
        <p>{t('platform.notFound.text')}</p>
        <p style={{ marginTop: 12 }}>
          <Link className="button" href="/">
            {t('platform.notFound.home')}
          </Link>
        </p>
      </div>
    </main>
  )
}
