import { pinyin } from 'pinyin-pro'

/** Search keys of a Chinese name: whole pinyin without tones and its initials, lower case: 李明亮 → liming liang joined, lml. */
export function pinyinKeys(name: string): { pinyin: string; initials: string } {
  const syllables = pinyin(name, { toneType: 'none', type: 'array', v: true, nonZh: 'consecutive' })
    .map((syllable) => syllable.toLowerCase().replace(/[^a-z0-9]/g, ''))
    .filter((syllable) => syllable.length > 0)
  return { pinyin: syllables.join(''), initials: syllables.map((syllable) => syllable[0]).join('') }
}
