'use client'
import Link from 'next/link'
import { usePathname } from 'next/navigation'

export function RailLink({ href, text, count }: { href: string; text: string; count: number }) {
  const path = usePathname()
  const here = href === '/' ? path === '/' : path === href || path.startsWith(`${href}/`)
  return (
    <Link className="item" href={href as never} aria-current={here ? 'page' : undefined}>
      {text}
      {count > 0 && <span className="count">{count}</span>}
    </Link>
  )
}
