import { PAPER_MARKS } from '@/lib/platform/nature.ts'
import { writeSheet } from '@/lib/platform/workbook/write-sheet.ts'
import { percentText, type Ratio } from '@/lib/rules/values/ratio.ts'
import type { Issuer } from './facts.ts'
import { schoolYear } from './words.ts'

export interface CountyFigures {
  year: number
  eligible: number
  moved: number
  movedBackbone: number
  share: Ratio
  backboneShare: Ratio
}

const percent = (share: Ratio): string => (share.den === 0 ? '—' : `${percentText(share)}%`)

/** 县级填报 of the 优质均衡 inspection (domain.md §7.3 h): the three figures, and the shares they give. */
export function countyReturn(
  figures: CountyFigures,
  issuer: Issuer,
  writtenAt: string,
  footer: string,
): Promise<Buffer> {
  return writeSheet({
    title: `${schoolYear(figures.year)}教师交流轮岗县级填报表（${issuer.district}）`,
    sheetName: '县级填报',
    columns: [
      { key: 'county', title: '县（市、区、旗）', width: 18 },
      { key: 'eligible', title: '符合交流条件教师总数', width: 24 },
      { key: 'moved', title: '实际交流轮岗教师数', width: 22 },
      { key: 'backbone', title: '实际交流骨干教师数量', width: 24 },
      { key: 'share', title: '交流比例', width: 14 },
      { key: 'backboneShare', title: '骨干占交流总数比例', width: 22 },
    ],
    rows: [
      {
        county: issuer.district,
        eligible: figures.eligible,
        moved: figures.moved,
        backbone: figures.movedBackbone,
        share: percent(figures.share),
        backboneShare: percent(figures.backboneShare),
      },
    ],
    footer,
    watermark: PAPER_MARKS[issuer.nature],
    writtenAt,
    kind: 'county-return',
  })
}
