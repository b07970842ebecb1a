import { auditor, hr, principal, type RightsTable, reviewer, schoolHr, self } from '../rights.ts'

const readers = [hr, reviewer, auditor, principal, schoolHr, self] as const

export const roundsPermissions = {
  'rotation.round.list': readers,
  'rotation.round.view': readers,
  'rotation.round.create': [hr],
  'rotation.round.open': [hr],
  'rotation.round.close': [hr],
  'rotation.round.reopen': [hr, reviewer],
  'rotation.round.quota': [hr, reviewer],
  'rotation.round.flows': [hr, reviewer],
  'rotation.round.late': [hr, reviewer],
  'rotation.vacancy.list': [hr, reviewer, principal, schoolHr, self],
  'rotation.vacancy.suggest': [hr, principal, schoolHr],
  'rotation.vacancy.save': [hr, principal, schoolHr],
  'rotation.vacancy.publish': [hr, principal],
  'rotation.vacancy.close': [hr, principal],
} as const satisfies RightsTable
