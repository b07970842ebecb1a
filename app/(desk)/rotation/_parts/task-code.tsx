import QRCode from 'qrcode'

/** A link as a QR picture, drawn on the server, for a phone beside the screen. */
export async function TaskCode({ link, label }: { link: string; label: string }) {
  const image = await QRCode.toDataURL(link, { margin: 1, width: 96 })
  // biome-ignore lint/performance/noImgElement: a data address, drawn here
  return <img src={image} alt={label} width={72} height={72} />
}
