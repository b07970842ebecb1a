import { redirect } from 'next/navigation'
import { currentSession, currentTranslate } from '@/app/_server/current.ts'
import { districtChoices, setUpChoices } from '@/app/_server/districts.ts'
import { demoAccounts } from '@/lib/platform/demo-accounts.ts'
import { SignInForm } from './_parts/sign-in-form.tsx'

export default async function SignInPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | undefined>>
}) {
  if (await currentSession()) redirect('/')
  const t = await currentTranslate()
  const districts = await districtChoices()
  if (districts.length > 0 && (await setUpChoices()).length === districts.length) redirect('/set-up')
  const query = await searchParams
  const known = ['wrongLogin', 'locked', 'busy', 'noRole'].includes(query.error ?? '')
    ? query.error
    : query.error
      ? 'wrongLogin'
      : null
  const demo = districts.some((district) => district.demo) ? demoAccounts() : []
  return (
    <main className="open">
      <title>{t('platform.product')}</title>
      <div className="sheet">
        <h1 style={{ fontSize: 22 }}>{t('platform.product')}</h1>
        <p className="muted" style={{ marginBottom: 16 }}>
          {t('platform.signIn.about')}
        </p>
        {query.activated && (
          <output className="said" style={{ display: 'block' }}>
            {t('account.said.activated')}
          </output>
        )}
        {known && (
          <div className="refused" role="alert">
            {t(`platform.refusal.${known}`, { minutes: Number(query.minutes ?? 15) || 15 })}
          </div>
        )}
        {districts.length === 0 ? (
          <p className="warned">{t('platform.signIn.noDistrict')}</p>
        ) : (
          <div className={demo.length > 0 ? 'sign-in' : undefined}>
            <SignInForm
              districts={districts.map((district) => ({ id: district.id, name: district.name }))}
              labels={{
                district: t('platform.signIn.district'),
                login: t('platform.signIn.login'),
                password: t('platform.signIn.password'),
                submit: t('platform.signIn.submit'),
              }}
            />
            {demo.length > 0 && (
              <section>
                <h2 style={{ fontSize: 15 }}>{t('platform.signIn.demo')}</h2>
                <p className="small muted">{t('platform.signIn.demoNote')}</p>
                <div className="table-wrap tall">
                  <table className="table compact">
                    <thead>
                      <tr>
                        <th>{t('platform.signIn.login')}</th>
                        <th>{t('platform.signIn.password')}</th>
                        <th>{t('platform.signIn.who')}</th>
                      </tr>
                    </thead>
                    <tbody>
                      {demo.map((account) => (
                        <tr key={account.login}>
                          <td className="nowrap">
                            <code>{account.login}</code>
                          </td>
                          <td className="nowrap">
                            <code>{account.password}</code>
                          </td>
                          <td>
                            {t(`platform.role.${account.role}`)} · {account.who}
                          </td>
                        </tr>
                      ))}
                    </tbody>
                  </table>
                </div>
              </section>
            )}
          </div>
        )}
      </div>
    </main>
  )
}
