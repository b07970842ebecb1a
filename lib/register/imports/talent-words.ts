import reserve from '../../i18n/messages/en/reserve.json' with { type: 'json' }
import talent from '../../i18n/messages/en/talent.json' with { type: 'json' }
import zh from '../../i18n/messages/zh-CN/reserve.json' with { type: 'json' }
import { HONOUR_LEVELS } from '../../rules/register/vocabulary.ts'
import { CANDIDATE_STATES, RESERVE_CHANNELS } from '../../rules/reserve/pipeline.ts'
import { STUDIO_KINDS } from '../../rules/talent/studio.ts'
import { Words } from './words.ts'

const { school: _, ...STUDIO_LEVEL_TERMS } = HONOUR_LEVELS
export const STUDIO_LEVEL_WORDS = new Words(
  STUDIO_LEVEL_TERMS,
  {
    national: { short: '国家 全国' },
    region: { short: '自治区 省级 省' },
    city: { short: '市 盟市级 盟市 地市级 盟级' },
    county: { short: '区 县级 县 旗级 旗县级 旗 旗区级 县区级 区县级' },
  },
  talent.level,
)
export const STUDIO_KIND_WORDS = new Words(
  STUDIO_KINDS,
  {
    principal: { short: '名校长 校长 校长工作室 名园长工作室 名校(园)长工作室' },
    subject: { short: '学科 学科名师 学科工作室 学科类 学科教学' },
    moral: { short: '德育 德育名师 德育工作室 德育类 班主任 班主任工作室 名班主任工作室' },
  },
  talent.kind,
)
export const STUDIO_ROLES = { host: '主持人', member: '成员' } as const
export const STUDIO_ROLE_WORDS = new Words(
  STUDIO_ROLES,
  {
    host: { short: '领衔人 主持 负责人 领衔名师 室主任 主任' },
    member: { short: '学员 骨干成员 研修成员 核心成员 普通成员' },
  },
  talent.role,
)
export const CHANNEL_WORDS = new Words(
  RESERVE_CHANNELS,
  {
    campus: { short: '校招 高校招聘 校园 公费师范生 高校毕业生' },
    experienced: { short: '成熟教师 成熟型教师 成熟教师选聘 社会招聘' },
    talent: { short: '高层次人才 人才引进 高层次 高层次引进' },
  },
  reserve.channel,
)
export const CANDIDATE_STATE_WORDS = new Words(
  CANDIDATE_STATES,
  {
    screened: { short: '初审 初审通过' },
    verified: { short: '复审 复审通过' },
    interviewed: { short: '面试 试讲 面试合格' },
    on_notice: { short: '公示中' },
    pooled: { short: '在库 已入库' },
    awaiting: { short: '等待派岗 待分配' },
    placed: { short: '已派岗 已分配 在岗' },
    employed: { short: '聘用 入编 已聘用 已入编' },
    left: { short: '已出库 离库' },
    withdrew: { short: '自愿放弃 已放弃' },
    dismissed: { short: '解除 解除合同 解聘' },
  },
  reserve.state,
).also(zh.state)
export const PLACEMENT_BASES = { establishment: '入编', labour: '劳动合同' } as const
export const BASIS_WORDS = new Words(
  PLACEMENT_BASES,
  {
    establishment: { short: '在编 事业编 编内' },
    labour: { short: '合同 合同制 签劳动合同' },
  },
  reserve.basis,
)
