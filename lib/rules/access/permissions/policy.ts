import { auditor, hr, principal, type RightsTable, reviewer, schoolHr, self } from '../rights.ts'

const readers = [hr, reviewer, auditor, principal, schoolHr] as const

/** Policies, the roll with its changes and exemptions, and equity (security.md §2.3). */
export const policyPermissions = {
  'rotation.policy.list': readers,
  'rotation.policy.view': readers,
  'rotation.policy.draft': [hr],
  'rotation.policy.edit': [hr],
  'rotation.policy.submit': [hr],
  'rotation.policy.takeBack': [hr],
  'rotation.roll.view': [hr, reviewer, principal, schoolHr],
  'rotation.roll.export': [hr, reviewer],
  'rotation.roll.freeze': [hr, reviewer],
  'rotation.roll.changes': [hr, reviewer],
  'rotation.roll.compare': [hr],
  'rotation.roll.decideChange': [hr],
  'rotation.exemption.list': [hr, reviewer, principal, schoolHr, self],
  'rotation.exemption.ask': [hr, principal, schoolHr, self],
  'rotation.exemption.check': [hr],
  'rotation.exemption.decide': [hr, reviewer],
  'rotation.exemption.withdraw': [hr, principal, schoolHr, self],
  'rotation.exemption.end': [hr],
  'rotation.exemption.evidence': [hr, reviewer, self],
  'rotation.eligibility.mine': [self],
  'equity.board.view': [hr, reviewer, principal, schoolHr],
} as const satisfies RightsTable
