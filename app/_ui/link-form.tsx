'use client'
import { createContext, type ReactNode, useContext, useState } from 'react'
import type { ActionState } from '@/app/_server/action.ts'
import { formatMoment } from '@/lib/i18n/format.ts'
import { ActionForm } from './action-form.tsx'
import { CopyButton } from './dialog.tsx'

interface Link {
  login: string
  name: string
  path: string
  until: string
}

export interface LinkLabels {
  title: string
  note: string
  login: string
  name: string
  link: string
  copyAll: string
  copied: string
  print: string
  copyOne: string
  until: string
  /** One line a person, with {name} {login} {link} in it. */
  line: string
}

const Links = createContext<Link[]>([])

/** A form whose answer is one-time links: shown once, on this page only, to copy or print. */
export function LinkForm({
  action,
  hidden,
  labels,
  zone,
  once = false,
  children,
}: {
  action: (state: ActionState, form: FormData) => Promise<ActionState>
  hidden?: Record<string, string>
  labels: LinkLabels
  /** Whose clock says until when a link opens. */
  zone: string
  /** What it made cannot be made twice: the answer takes the form's place. */
  once?: boolean
  children: ReactNode
}) {
  const [links, setLinks] = useState<Link[]>([])
  async function submit(state: ActionState, form: FormData) {
    const answer = await action(state, form)
    const made = (answer.value as { links?: Link[] } | undefined)?.links
    setLinks(answer.status === 'done' && made ? made : [])
    return answer
  }
  return (
    <Links.Provider value={links}>
      <ActionForm action={submit} hidden={hidden}>
        {once && links.length > 0 ? null : children}
      </ActionForm>
      <MadeLinks labels={labels} zone={zone} />
    </Links.Provider>
  )
}

function MadeLinks({ labels, zone }: { labels: LinkLabels; zone: string }) {
  const links = useContext(Links)
  if (links.length === 0) return null
  const address = (link: Link) => `${location.origin}${link.path}`
  const lineOf = (link: Link) =>
    labels.line.replace('{name}', link.name).replace('{login}', link.login).replace('{link}', address(link))
  return (
    <section className="noted" aria-label={labels.title} style={{ marginTop: 10 }}>
      <p>{labels.note}</p>
      <div className="table-wrap">
        <table className="table compact cards">
          <thead>
            <tr>
              <th scope="col">{labels.name}</th>
              <th scope="col">{labels.login}</th>
              <th scope="col">{labels.link}</th>
              <th scope="col">{labels.until}</th>
              <th scope="col" className="no-print">
                {labels.copyOne}
              </th>
            </tr>
          </thead>
          <tbody>
            {links.map((link) => (
              <tr key={link.login}>
                <td data-label={labels.name} className="nowrap">
                  {link.name}
                </td>
                <td data-label={labels.login} className="nowrap">
                  <code>{link.login}</code>
                </td>
                <td data-label={labels.link} style={{ overflowWrap: 'anywhere' }}>
                  <code className="small">{address(link)}</code>
                </td>
                <td data-label={labels.until} className="nowrap">
                  {formatMoment(link.until, zone)}
                </td>
                <td data-label={labels.copyOne} className="nowrap no-print">
                  <CopyButton text={lineOf(link)} label={labels.copyOne} copied={labels.copied} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className="actions">
        <CopyButton text={links.map(lineOf).join('\n')} label={labels.copyAll} copied={labels.copied} />
        <button type="button" className="button" onClick={() => window.print()}>
          {labels.print}
        </button>
      </div>
    </section>
  )
}
