'use client'
import { usePathname, useSearchParams } from 'next/navigation'
import { useEffect, useState } from 'react'

/** Something moves as soon as a link is pressed, and stops when the page it leads to stands. */
export function Moving({ text }: { text: string }) {
  const here = `${usePathname()}?${useSearchParams()}`
  const [leaving, setLeaving] = useState<string | null>(null)
  const moves = leaving === here
  useEffect(() => {
    const press = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest('a') : null
      if (!link || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return
      if (link.target || link.hasAttribute('download') || link.origin !== location.origin) return
      if (link.pathname === location.pathname && link.search === location.search) return
      setLeaving(here)
    }
    document.addEventListener('click', press, { capture: true })
    return () => document.removeEventListener('click', press, { capture: true })
  }, [here])
  useEffect(() => {
    // A link to a file leaves the page where it is.
    const giveUp = moves ? setTimeout(() => setLeaving(null), 8000) : undefined
    return () => clearTimeout(giveUp)
  }, [moves])
  return (
    <output className={moves ? 'moving on' : 'moving'}>
      {moves && <span className="visually-hidden">{text}</span>}
    </output>
  )
}
