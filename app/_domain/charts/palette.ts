/** Colours as plain values, those of app/globals.css: a downloaded picture has no style sheet beside it. */
export const INK = '#1d232b'
export const INK_2 = '#4a5461'
export const LINE = '#dcdfdb'
export const LINE_2 = '#b9bfb8'
export const PAPER = '#ffffff'
export const ACCENT = '#0b5a6f'
export const ACCENT_2 = '#9cc3cc'
export const RED = '#a4262c'
export const AMBER = '#8a5300'
export const GREEN = '#2c6e3f'

/** For kinds that have no order, such as subjects; told apart by people who see few colours, too. */
export const KINDS = [
  '#0b5a6f',
  '#b8651b',
  '#5b4a8a',
  '#6f7d1e',
  '#9b3d5c',
  '#3c7ebf',
  '#7a5c3e',
  '#4c8c6b',
  '#8a8a8a',
] as const

/** A step of the two-sided scale: short is red-brown, over is blue-green, balanced is paper. `size` 0…1. */
export function twoSided(size: number, short: boolean): string {
  const strength = Math.min(1, Math.max(0, size))
  const full = short ? [196, 92, 60] : [70, 140, 158]
  const mix = full.map((channel) => Math.round(255 - (255 - channel) * strength * 0.85))
  return `rgb(${mix.join(' ')})`
}
