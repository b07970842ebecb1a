/** Codes and names of generated districts. The first is the model district; the others are invented, code area 159xxx. */
import { MOST_DISTRICTS } from './id-numbers.ts'

const PLACES = '青山 云河 金沙 和林 白桦 长河 石泉 松原 柳湖 红格'.split(' ')
const ENDS = '东区 西区 南区 北区 新区 中区 旗 左旗 右旗 后旗'.split(' ')

export interface DistrictName {
  code: string
  name: string
}

/** Index 0 is 东胜区 (150602); 1–99 invented names with codes nobody is assigned. */
export function districtName(index: number): DistrictName {
  if (!Number.isInteger(index) || index < 0 || index >= MOST_DISTRICTS) throw new RangeError(`no district ${index}`)
  if (index === 0) return { code: '150602', name: '东胜区' }
  return {
    code: `159${String(index).padStart(3, '0')}`,
    name: `${PLACES[index % 10]}${ENDS[Math.floor(index / 10)]}`,
  }
}
