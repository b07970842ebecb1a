import './globals.css'
import type { Metadata, Viewport } from 'next'
import type { ReactNode } from 'react'
import { currentLocale, currentTranslate } from './_server/current.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await currentTranslate()
  return { description: t('platform.signIn.about'), robots: 'noindex' }
}

export const viewport: Viewport = { width: 'device-width', initialScale: 1 }
export const dynamic = 'force-dynamic'

export default async function RootLayout({ children }: { children: ReactNode }) {
  return (
    <html lang={await currentLocale()}>
      <body>{children}</body>
    </html>
  )
}
