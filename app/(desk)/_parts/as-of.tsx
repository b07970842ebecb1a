'use client'
import Link from 'next/link'
import { usePathname, useSearchParams } from 'next/navigation'

interface Labels {
  today: string
  past: string
  pick: string
  back: string
}

/** The day the register is shown as of; part of the address, amber when it is not today. */
export function AsOf({ today, labels }: { today: string; labels: Labels }) {
  const path = usePathname()
  const params = useSearchParams()
  const asOf = params.get('asOf')
  const other = [...params].filter(([name]) => name !== 'asOf')
  const without = new URLSearchParams(other).toString()
  const back = without ? `${path}?${without}` : path
  return (
    <details className="menu">
      <summary className={asOf && asOf !== today ? 'asof-past' : undefined}>
        {asOf && asOf !== today ? `${labels.past} ${asOf}` : labels.today}
      </summary>
      <div className="pop left">
        <form action={path} method="get">
          {other.map(([name, value]) => (
            <input key={`${name}=${value}`} type="hidden" name={name} value={value} />
          ))}
          <input type="date" name="asOf" aria-label={labels.pick} defaultValue={asOf ?? today} />
          <button className="button" type="submit">
            {labels.pick}
          </button>
        </form>
        {asOf && (
          <Link href={back as never} style={{ display: 'block', marginTop: 8 }}>
            {labels.back}
          </Link>
        )}
      </div>
    </details>
  )
}
