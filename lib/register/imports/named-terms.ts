const ETHNIC_GROUPS = new Set(
  (
    '汉 蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 高山 拉祜 水 东乡 纳西 景颇 柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 ' +
    '仡佬 锡伯 阿昌 普米 塔吉克 怒 乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固 京 塔塔尔 独龙 鄂伦春 赫哲 门巴 珞巴 基诺'
  ).split(' '),
)
/** 汉 → 汉族 (GB/T 3304 names); null when it is none of the 56. */
export function readEthnic(text: string): { term: string; short: boolean } | null {
  const bare = text.replace(/族$/, '')
  if (!ETHNIC_GROUPS.has(bare))
    return text === '其他' || text === '外国血统中国籍人士' ? { term: text, short: false } : null
  return { term: `${bare}族`, short: bare === text }
}

const POLITICAL: Record<string, string> = {
  党员: '中共党员',
  共产党员: '中共党员',
  中国共产党党员: '中共党员',
  预备党员: '中共预备党员',
  团员: '共青团员',
  民盟: '民盟盟员',
  民进: '民进会员',
  民建: '民建会员',
  民革: '民革党员',
  农工党: '农工党党员',
  致公党: '致公党党员',
  九三: '九三学社社员',
  九三学社: '九三学社社员',
  台盟: '台盟盟员',
  无党派: '无党派人士',
  普通群众: '群众',
}
const POLITICAL_TERMS = new Set([...Object.values(POLITICAL), '群众', '无党派人士'])

/** 党员 → 中共党员 (GB/T 4762 names); null when unknown. */
export function readPolitical(text: string): { term: string; short: boolean } | null {
  if (POLITICAL_TERMS.has(text)) return { term: text, short: false }
  const term = POLITICAL[text]
  return term === undefined ? null : { term, short: true }
}
