'use client'
import { useRouter } from 'next/navigation'
import { useEffect } from 'react'

/** ↑ ↓ walk the list with the panel open, Esc closes it, Enter opens the whole page. */
export function ListKeys({ ids, current, base, path }: { ids: string[]; current: string; base: string; path: string }) {
  const router = useRouter()
  useEffect(() => {
    const at = ids.indexOf(current)
    const open = (id: string | undefined) => {
      if (id) router.replace(`${path}?${base}${base ? '&' : ''}panel=${id}` as never, { scroll: false })
    }
    const keys = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement
      if (event.ctrlKey || event.metaKey || event.altKey || target.closest('input, select, textarea, dialog, summary'))
        return
      if (event.key === 'ArrowDown') open(ids[at + 1])
      else if (event.key === 'ArrowUp') open(ids[at - 1])
      else if (event.key === 'Escape') router.replace((base ? `${path}?${base}` : path) as never, { scroll: false })
      else if (event.key === 'Enter' && !target.closest('a, button')) router.push(`${path}/${current}` as never)
      else return
      event.preventDefault()
    }
    window.addEventListener('keydown', keys)
    return () => window.removeEventListener('keydown', keys)
  }, [ids, current, base, path, router])
  return null
}
