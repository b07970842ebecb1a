'use client'
import { useRef } from 'react'

/** Saves the picture of the figure it stands in, twice as large for PNG. Works on what is shown; asks no server. */
export function ChartDownload({ name, png, svg }: { name: string; png: string; svg: string }) {
  const place = useRef<HTMLSpanElement>(null)
  const drawing = () => {
    const shown = place.current?.closest('figure')?.querySelector<SVGSVGElement>('svg.chart')
    if (!shown) return null
    const copy = shown.cloneNode(true) as SVGSVGElement
    const { width, height } = shown.viewBox.baseVal
    copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg')
    copy.setAttribute('width', String(width))
    copy.setAttribute('height', String(height))
    // The links lead into this installation and mean nothing in a file that is passed on.
    for (const link of copy.querySelectorAll('a')) link.removeAttribute('href')
    const text = new XMLSerializer().serializeToString(copy)
    return { blob: new Blob([text], { type: 'image/svg+xml' }), width, height }
  }
  const saveSvg = () => {
    const drawn = drawing()
    if (drawn) save(drawn.blob, `${name}.svg`)
  }
  const savePng = async () => {
    const drawn = drawing()
    if (!drawn) return
    const address = URL.createObjectURL(drawn.blob)
    const image = new Image()
    image.src = address
    await image.decode()
    const canvas = document.createElement('canvas')
    canvas.width = drawn.width * 2
    canvas.height = drawn.height * 2
    const pen = canvas.getContext('2d')
    if (pen) {
      pen.fillStyle = '#ffffff'
      pen.fillRect(0, 0, canvas.width, canvas.height)
      pen.drawImage(image, 0, 0, canvas.width, canvas.height)
    }
    URL.revokeObjectURL(address)
    canvas.toBlob((blob) => blob && save(blob, `${name}.png`), 'image/png')
  }
  return (
    <span ref={place} className="no-print actions">
      <button type="button" className="button link small" onClick={savePng}>
        {png}
      </button>
      <button type="button" className="button link small" onClick={saveSvg}>
        {svg}
      </button>
    </span>
  )
}

function save(blob: Blob, fileName: string) {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = fileName.replace(/[\\/:*?"<>|]/g, ' ')
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 1000)
}
