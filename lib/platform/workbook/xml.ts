import { StringDecoder } from 'node:string_decoder'
import { SaxesParser } from 'saxes'
import { WorkbookRefused } from './refused.ts'
import { inflateEntry, type ZipEntry } from './zip.ts'

export interface XmlHandler {
  /** Names come without their prefix: `x:row` and `row` are one. */
  open?(name: string, attributes: Record<string, string>): void
  close?(name: string): void
  text?(text: string): void
}

const localName = (name: string): string => {
  const colon = name.indexOf(':')
  return colon < 0 ? name : name.slice(colon + 1)
}

/** Reads one part of a package while it unpacks; nothing of the document is kept. */
export async function readXml(entry: ZipEntry, handler: XmlHandler, drain?: () => Promise<void>): Promise<void> {
  const parser = new SaxesParser({ position: false })
  parser.on('error', () => {
    throw new WorkbookRefused('unreadable')
  })
  parser.on('doctype', () => {
    throw new WorkbookRefused('externalEntity')
  })
  if (handler.open)
    parser.on('opentag', (tag) => handler.open!(localName(tag.name), tag.attributes as Record<string, string>))
  if (handler.close) parser.on('closetag', (tag) => handler.close!(localName(tag.name)))
  if (handler.text) {
    parser.on('text', (text) => handler.text!(text))
    parser.on('cdata', (text) => handler.text!(text))
  }
  const decoder = new StringDecoder('utf8')
  for await (const piece of inflateEntry(entry)) {
    parser.write(decoder.write(piece))
    if (drain) await drain()
  }
  parser.write(decoder.end())
  parser.close()
}
