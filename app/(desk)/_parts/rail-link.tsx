'use client'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'

export function RailLink({ href, text, children }: { href: string; text: string; children?: ReactNode }) {
  const path = usePathname()
  const here = href === '/' ? path === '/' : path === href || path.startsWith(`${href}/`)
  return (
    <Link className="item" href={href as never} aria-current={here ? 'page' : undefined}>
      {text}
      {children}
    </Link>
  )
}
