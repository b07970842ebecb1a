'use client'
import { useRouter } from 'next/navigation'
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'

interface Found {
  kind: string
  text: string
  detail: string
  href: string
}

/** Finds people, schools, cases and pages; opened by Ctrl/⌘ K from anywhere. */
export function Finder({ labels }: { labels: { open: string; hint: string; none: string; close: string } }) {
  const dialog = useRef<HTMLDialogElement>(null)
  const [words, setWords] = useState('')
  const [found, setFound] = useState<Found[]>([])
  const [asked, setAsked] = useState('')
  const [at, setAt] = useState(0)
  const router = useRouter()
  const id = useId()

  useEffect(() => {
    const open = (event: globalThis.KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault()
        dialog.current?.showModal()
      }
    }
    window.addEventListener('keydown', open)
    return () => window.removeEventListener('keydown', open)
  }, [])

  useEffect(() => {
    const text = words.trim()
    if (!text) {
      setFound([])
      setAsked('')
      return
    }
    const abort = new AbortController()
    const timer = setTimeout(async () => {
      const answer = await fetch(`/api/find?q=${encodeURIComponent(text)}`, { signal: abort.signal }).catch(
        (error: Error) => {
          if (error.name !== 'AbortError') setFound([])
          return null
        },
      )
      if (!answer?.ok) return
      setFound((await answer.json()) as Found[])
      setAsked(text)
      setAt(0)
    }, 150)
    return () => {
      clearTimeout(timer)
      abort.abort()
    }
  }, [words])

  const go = (item: Found | undefined) => {
    if (!item) return
    dialog.current?.close()
    setWords('')
    router.push(item.href as never)
  }
  const keys = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') setAt((n) => Math.min(n + 1, found.length - 1))
    else if (event.key === 'ArrowUp') setAt((n) => Math.max(n - 1, 0))
    else if (event.key === 'Enter') go(found[at])
    else return
    event.preventDefault()
  }

  return (
    <>
      <button type="button" className="button" onClick={() => dialog.current?.showModal()}>
        {labels.open} <kbd className="small muted">Ctrl K</kbd>
      </button>
      <dialog ref={dialog} aria-label={labels.open} style={{ width: 'min(560px, 94vw)', marginTop: '10vh' }}>
        <input
          type="text"
          role="combobox"
          aria-expanded={found.length > 0}
          aria-controls={`${id}-list`}
          aria-activedescendant={found[at] ? `${id}-${at}` : undefined}
          aria-label={labels.hint}
          placeholder={labels.hint}
          value={words}
          onChange={(event) => setWords(event.target.value)}
          onKeyDown={keys}
          style={{ width: '100%' }}
          autoComplete="off"
        />
        <div
          id={`${id}-list`}
          role="listbox"
          aria-label={labels.open}
          tabIndex={-1}
          style={{ marginTop: 8, maxHeight: '50vh', overflowY: 'auto' }}
        >
          {found.map((item, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard works from the field above
            <div
              key={item.href + item.text}
              id={`${id}-${index}`}
              role="option"
              aria-selected={index === at}
              tabIndex={-1}
              onClick={() => go(item)}
              onMouseEnter={() => setAt(index)}
              style={{
                padding: '6px 8px',
                cursor: 'pointer',
                background: index === at ? 'var(--accent-2)' : undefined,
              }}
            >
              {item.text} <span className="muted small">{item.detail}</span>
            </div>
          ))}
        </div>
        {asked && found.length === 0 && <p className="muted">{labels.none}</p>}
        <form method="dialog" style={{ marginTop: 8, textAlign: 'right' }}>
          <button className="button" type="submit">
            {labels.close}
          </button>
        </form>
      </dialog>
    </>
  )
}
