import Link from 'next/link'
import type { ReactNode } from 'react'
import { PageTitle } from '@/app/_server/page-title.tsx'

interface Crumb {
  text: string
  href?: string
}

/** The frame of a page: where I am, what it is, what I can do with it. */
export function Screen({
  title,
  tab,
  crumbs = [],
  tools,
  children,
  foot,
}: {
  title: ReactNode
  /** Words on the browser's tab where they are not the heading. */
  tab?: string
  crumbs?: Crumb[]
  tools?: ReactNode
  children: ReactNode
  foot?: string[]
}) {
  return (
    <div className="screen">
      <PageTitle text={tab ?? (typeof title === 'string' ? title : (crumbs.at(-1)?.text ?? ''))} />
      <header>
        <div>
          {crumbs.length > 0 && (
            <nav aria-label="breadcrumb">
              <ol className="crumbs">
                {crumbs.map((crumb) => (
                  <li key={crumb.text}>
                    {crumb.href ? <Link href={crumb.href as never}>{crumb.text}</Link> : crumb.text}
                  </li>
                ))}
              </ol>
            </nav>
          )}
          <h1>{title}</h1>
        </div>
        {tools && <div className="tools">{tools}</div>}
      </header>
      {children}
      {foot && (
        <div className="print-foot">
          {foot.map((text) => (
            <span key={text}>{text}</span>
          ))}
        </div>
      )}
    </div>
  )
}

/** A group of content with its heading. */
export function Card({
  title,
  tools,
  children,
  id,
}: {
  title?: ReactNode
  tools?: ReactNode
  children: ReactNode
  id?: string
}) {
  return (
    <section className="card" id={id}>
      {title && (
        <h2 style={{ display: 'flex', justifyContent: 'space-between', gap: 12 }}>
          <span>{title}</span>
          {tools}
        </h2>
      )}
      {children}
    </section>
  )
}

/** Tabs that are links: the address is the state. */
export function Tabs({
  label,
  items,
}: {
  label: string
  items: { text: ReactNode; href: string; current: boolean }[]
}) {
  return (
    <nav className="tabs" aria-label={label}>
      {items.map((item) => (
        <Link key={item.href} href={item.href as never} aria-current={item.current ? 'page' : undefined}>
          {item.text}
        </Link>
      ))}
    </nav>
  )
}

/** Why there is nothing, and the one next step. */
export function EmptyState({ title, text, next }: { title: string; text?: ReactNode; next?: ReactNode }) {
  return (
    <div className="empty">
      <h2>{title}</h2>
      {text && <p>{text}</p>}
      {next}
    </div>
  )
}

export function ButtonLink({
  href,
  children,
  kind,
}: {
  href: string
  children: ReactNode
  kind?: 'primary' | 'danger'
}) {
  return (
    <Link className={kind ? `button ${kind}` : 'button'} href={href as never}>
      {children}
    </Link>
  )
}

/** A state in a word and a shape, never colour alone. */
export function State({ kind, children }: { kind: 'good' | 'bad' | 'wait' | 'off' | 'plain'; children: ReactNode }) {
  return <span className={kind === 'plain' ? 'state' : `state ${kind}`}>{children}</span>
}

/** Name and value pairs of one thing. */
export function Facts({ items }: { items: { label: ReactNode; value: ReactNode }[] }) {
  return (
    <dl className="facts">
      {items.map((item, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the list is fixed
        <Fact key={index} {...item} />
      ))}
    </dl>
  )
}

function Fact({ label, value }: { label: ReactNode; value: ReactNode }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>{value ?? '—'}</dd>
    </>
  )
}

/** One figure with its name; a figure that has a list behind it is a link. */
export function Stat({ label, value, href }: { label: ReactNode; value: ReactNode; href?: string }) {
  return (
    <div className="stat">
      <span className="value">{href ? <Link href={href as never}>{value}</Link> : value}</span>
      <span className="label">{label}</span>
    </div>
  )
}
