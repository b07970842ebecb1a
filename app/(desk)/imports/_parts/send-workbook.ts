'use client'

export interface Sending {
  kind?: string
  collection?: string
  /** Percent on its way. */
  progress(percent: number): void
  /** Why it was not taken; the file is still with the person. */
  refused(texts: string[]): void
  /** Where its dry run can be watched. */
  taken(href: string): void
}

/** Streams a workbook to the server. */
export function sendWorkbook(
  file: File,
  failed: string,
  { kind, collection, progress, refused, taken }: Sending,
): void {
  progress(0)
  const query = new URLSearchParams({ name: file.name })
  if (kind) query.set('kind', kind)
  if (collection) query.set('collection', collection)
  const request = new XMLHttpRequest()
  request.open('POST', `/api/imports?${query}`)
  request.upload.onprogress = (event) => event.lengthComputable && progress((event.loaded / event.total) * 100)
  request.onerror = () => refused([failed])
  request.onload = () => {
    if (request.status === 200) return taken(JSON.parse(request.responseText).href)
    if (request.status === 422) return refused(JSON.parse(request.responseText).refusals)
    return refused([`${failed} ${request.status} ${request.responseText.slice(0, 40)}`])
  }
  request.send(file)
}
