'use client'
import { useRouter } from 'next/navigation'
import { useEffect } from 'react'

/** Looks again while the worker works; leaving the page stops nothing but the looking. */
export function Watch({ seconds = 1.5 }: { seconds?: number }) {
  const router = useRouter()
  useEffect(() => {
    const timer = setInterval(() => router.refresh(), seconds * 1000)
    return () => clearInterval(timer)
  }, [router, seconds])
  return null
}
