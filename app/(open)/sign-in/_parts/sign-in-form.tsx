'use client'
import { signIn } from 'next-auth/react'
import { type FormEvent, useState } from 'react'

interface Labels {
  district: string
  login: string
  password: string
  submit: string
}

/** Signs in through next-auth; what was typed stays when it is refused. */
export function SignInForm({ districts, labels }: { districts: { id: string; name: string }[]; labels: Labels }) {
  const [busy, setBusy] = useState(false)
  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    setBusy(true)
    const answer = await signIn('credentials', {
      redirect: false,
      district: String(form.get('district')),
      login: String(form.get('login')),
      password: String(form.get('password')),
    })
    if (answer?.ok) {
      location.assign('/')
      return
    }
    setBusy(false)
    location.assign(`/sign-in?${errorQuery(answer?.error)}`)
  }
  return (
    // sent before the scripts are there it is a POST that leads back here: a password never gets into an address
    <form className="form" method="post" action="/api/auth/callback/credentials" onSubmit={submit}>
      {districts.length === 1 ? (
        <input type="hidden" name="district" value={districts[0]!.id} />
      ) : (
        <div className="field">
          <label htmlFor="district">{labels.district}</label>
          <select id="district" name="district">
            {districts.map((district) => (
              <option key={district.id} value={district.id}>
                {district.name}
              </option>
            ))}
          </select>
        </div>
      )}
      <div className="field">
        <label htmlFor="login">{labels.login}</label>
        <input id="login" name="login" autoComplete="username" required maxLength={80} />
      </div>
      <div className="field">
        <label htmlFor="password">{labels.password}</label>
        <input id="password" name="password" type="password" autoComplete="current-password" required maxLength={200} />
      </div>
      <div className="actions">
        <button className="button primary" type="submit" disabled={busy}>
          {labels.submit}
          {busy ? '…' : ''}
        </button>
      </div>
    </form>
  )
}

function errorQuery(error: string | null | undefined): string {
  const params = new URLSearchParams({ error: 'wrongLogin' })
  if (error?.startsWith('{')) {
    const refusal = JSON.parse(error) as { code: string; values: { minutes?: number } }
    params.set('error', refusal.code.split('.').at(-1) ?? 'wrongLogin')
    if (refusal.values.minutes) params.set('minutes', String(refusal.values.minutes))
  }
  return params.toString()
}
