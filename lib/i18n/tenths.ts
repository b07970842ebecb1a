/** 1013 → 101.3; a gap carries its sign. */
export const formatTenths = (tenths: number, signed = false): string => {
  const text = `${Math.trunc(Math.abs(tenths) / 10)}.${Math.abs(tenths) % 10}`
  return tenths < 0 ? `−${text}` : signed && tenths > 0 ? `+${text}` : text
}
