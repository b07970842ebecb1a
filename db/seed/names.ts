/** Invented names: Han and Mongolian, with some long ones and some rare characters, which are the hard cases of a page. */
import type { Sex } from '../../lib/rules/register/vocabulary.ts'
import type { Random } from './random.ts'

const SURNAMES =
  '王王王王王李李李李李张张张张刘刘刘刘陈陈杨杨杨高高高郝郝乔乔白白贺贺郭郭赵赵韩韩杜薛苏马吴周徐孙朱胡林何罗梁宋郑谢唐冯于董程曹袁邓许傅沈曾彭吕蒋蔡贾丁魏叶阎余潘戴夏钟汪田任姜范方石姚谭廖邹熊金陆孔崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武温柴边燕奇訾折'
const OLDER = {
  F: '秀 英 桂 兰 玉 凤 翠 巧 改 俏 爱 月 金 香 花 梅 莲 连 枝 仙 娥 琴 荣 芳 珍 琳 霞 娟 敏 丽 红 艳 玲 娜 萍'.split(
    ' ',
  ),
  M: '德 全 福 有 根 茂 世 外 二 三 候 培 海 忠 贵 荣 旺 厚 财 祥 清 林 生 文 建 国 军 平 华 明 志 强 永 光 学'.split(
    ' ',
  ),
}
const YOUNGER = {
  F: '雅 涵 欣 怡 婷 雨 梦 思 佳 可 芷 璐 琪 舒 莹 晨 雯 嘉 悦 诗 语 紫 馨 昕 彤 楠 瑶 菲 颖 蕊 宇 靖 乐 妍 洁'.split(
    ' ',
  ),
  M: '浩 宇 博 洋 子 轩 俊 豪 嘉 启 彬 振 飞 鹏 晓 东 凯 旭 泽 天 佑 思 远 家 乐 航 志 超 一 鸣 睿 昊 磊 帅 龙'.split(
    ' ',
  ),
}
const MONGOLIAN = {
  F: '乌云塔娜 其其格 萨日娜 娜仁花 乌日娜 托娅 斯琴高娃 阿拉腾花 银花 玉花 乌仁图雅 那仁托雅 苏布德 鸿格尔珠拉 通拉嘎 阿茹娜 查苏娜 乌日罕 格日乐 杭盖娜 萨茹拉 巴音其其格 宝音花 吉日木其木格 都贵玛 珠娜 海日 娜荷芽 敖登格日乐 阿丽玛 苏日娜 塔娜'.split(
    ' ',
  ),
  M: '巴图 巴雅尔 朝鲁 那日苏 孟克 特木尔 布和 钢宝音 朝克图 达来 满都呼 乌达木 阿拉腾敖其尔 苏日嘎拉图 宝音 呼日勒 查干 巴雅斯古楞 额尔敦 敖特根 新吉乐 苏和 乌尼尔 那钦 图门 毕力格 哈斯 斯琴毕力格 阿荣 杭盖'.split(
    ' ',
  ),
}
/** Halves of compound names: 萨仁其其格, 阿拉腾巴图. */
const COMPOUND = {
  first:
    '乌云 萨仁 阿拉腾 娜仁 斯琴 敖登 巴音 格日勒 额尔敦 牧仁 呼和 宝力 特木尔 孟根 哈斯 青格勒 朝鲁 吉日嘎拉'.split(
      ' ',
    ),
  F: '其其格 高娃 图雅 花 塔娜 琪琪格 珠拉 格日乐 其木格 通拉嘎 苏都 娜仁 萨茹拉'.split(' '),
  M: '巴图 毕力格 朝克图 巴雅尔 敖其尔 布和 达来 巴根 扎布 苏和 德力格尔 图门 仓'.split(' '),
}
const MONGOLIAN_FIRST = '苏日 哈斯 特木尔 额尔敦 吉日木 阿拉腾 斯琴 宝音 乌云 朝克 呼和 孟克 巴音 那仁 达来'.split(' ')
/** Longest names of the demo: 9 to 13 characters with the dot. */
const LONG = {
  F: ['额尔敦其其格·乌兰托娅', '斯琴高娃·鸿格尔珠拉', '阿拉腾敖其尔·乌仁图雅', '吉日木其木格·敖登格日乐'],
  M: ['阿拉腾敖其尔·巴雅斯古楞', '苏日嘎拉图·斯琴毕力格', '额尔敦朝克图·乌力吉德力格尔', '特木尔巴根·布仁巴雅尔'],
}
/** Rare characters, the last five beyond the basic plane (two UTF-16 units). */
const RARE = {
  F: ['垚', '珺', '祎', '翾', '媖', '㛃', '婳', '𬭎', '𫍯', '𬱖'],
  M: ['垚', '犇', '喆', '翀', '昶', '䶮', '彧', '𬭎', '𫘧', '𬬱'],
}

const MONGOLIAN_SHARE = 0.14
export const MONGOL = '蒙古族'

export interface PersonName {
  name: string
  ethnic: string
}

/** A name for a person born in `year`. */
export function inventName(random: Random, sex: Sex, year: number): PersonName {
  if (random.chance(MONGOLIAN_SHARE)) return { name: mongolianName(random, sex), ethnic: MONGOL }
  const ethnic = random.chance(0.02)
    ? random.weighted([
        ['满族', 5],
        ['回族', 5],
        ['鄂温克族', 1],
        ['达斡尔族', 1],
        ['土家族', 1],
        ['朝鲜族', 1],
        ['藏族', 1],
      ])
    : '汉族'
  return { name: hanName(random, sex, year), ethnic }
}

function mongolianName(random: Random, sex: Sex): string {
  const shape = random.next()
  if (shape < 0.012) return random.pick(LONG[sex])
  const given = random.chance(0.6)
    ? random.pick(COMPOUND.first) + random.pick(COMPOUND[sex])
    : random.pick(MONGOLIAN[sex])
  return shape < 0.2 ? `${random.pick(MONGOLIAN_FIRST)}·${given}` : given
}

function hanName(random: Random, sex: Sex, year: number): string {
  const surname = random.chance(0.006) ? random.pick(['欧阳', '上官', '司马', '呼延']) : random.pick([...SURNAMES])
  const pool = (year < 1985 ? random.chance(0.85) : random.chance(0.1)) ? OLDER[sex] : YOUNGER[sex]
  if (random.chance(0.006)) return surname + random.pick(RARE[sex]) + (random.chance(0.5) ? random.pick(pool) : '')
  const first = random.pick(pool)
  if (random.chance(0.12)) return surname + first
  const second = random.pick(pool)
  return surname + first + (second === first && random.chance(0.7) ? '' : second)
}
