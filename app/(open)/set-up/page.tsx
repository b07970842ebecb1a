import { notFound } from 'next/navigation'
import { currentTranslate } from '@/app/_server/current.ts'
import { setUpChoices } from '@/app/_server/districts.ts'
import { SelectField, SubmitButton, TextField } from '@/app/_ui/action-form.tsx'
import { LinkForm } from '@/app/_ui/link-form.tsx'
import { linkLabels } from '../../(desk)/accounts/_parts/labels.ts'
import { setUpAction } from './actions.ts'

const CONSOLES = ['admin', 'security', 'auditor'] as const

/** The first accounts of a district: there only while it has none, and only for who reads the server's console. */
export default async function SetUpPage() {
  const districts = await setUpChoices()
  if (districts.length === 0) notFound()
  const t = await currentTranslate()
  return (
    <main className="open">
      <title>{t('platform.product')}</title>
      <div className="sheet">
        <h1 style={{ fontSize: 20 }}>{t('account.setUp.title')}</h1>
        <p className="muted" style={{ marginBottom: 14 }}>
          {t('account.setUp.about')}
        </p>
        <LinkForm action={setUpAction} labels={linkLabels(t)} zone={districts[0]?.timeZone ?? 'Asia/Shanghai'} once>
          <SelectField
            name="districtId"
            label={t('platform.signIn.district')}
            required
            options={districts.map((district) => ({ value: district.id, text: district.name }))}
          />
          <TextField name="token" label={t('account.setUp.token')} hint={t('account.setUp.tokenHint')} required />
          {CONSOLES.map((console) => (
            <fieldset key={console}>
              <legend>{t(`platform.role.bureau_${console}`)}</legend>
              <p className="small muted">{t(`account.setUp.${console}`)}</p>
              <div className="row">
                <TextField name={`${console}Name`} label={t('account.name')} required maxLength={40} />
                <TextField name={`${console}Login`} label={t('account.login')} required maxLength={80} />
              </div>
            </fieldset>
          ))}
          <div className="actions">
            <SubmitButton>{t('account.setUp.submit')}</SubmitButton>
          </div>
        </LinkForm>
      </div>
    </main>
  )
}
