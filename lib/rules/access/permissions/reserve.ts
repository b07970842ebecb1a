import { hr, principal, type RightsTable, reviewer, schoolHr } from '../rights.ts'

const readers = [hr, reviewer, principal, schoolHr]

export const reservePermissions = {
  'reserve.candidate.list': readers,
  'reserve.candidate.view': readers,
  'reserve.candidate.export': [hr, reviewer],
  'reserve.candidate.create': [hr],
  'reserve.candidate.edit': [hr],
  'reserve.candidate.move': [hr],
  'reserve.candidate.place': [hr],
  'reserve.candidate.reassess': [hr],
  'reserve.candidate.saveScores': [hr],
} as const satisfies RightsTable
