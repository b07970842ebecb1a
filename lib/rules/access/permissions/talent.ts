import { hr, principal, type RightsTable, researcher, reviewer, schoolHr, self } from '../rights.ts'

const keepers = [hr, researcher]
const readers = [hr, reviewer, researcher, principal, schoolHr, self]

export const talentPermissions = {
  'talent.studio.list': readers,
  'talent.studio.view': readers,
  'talent.studio.export': [hr, reviewer, researcher],
  'talent.studio.create': keepers,
  'talent.studio.edit': keepers,
  'talent.studio.addMember': keepers,
  'talent.studio.endMember': keepers,
  'talent.studio.changeHost': keepers,
} as const satisfies RightsTable
