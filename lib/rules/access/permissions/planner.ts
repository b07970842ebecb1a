import { hr, type RightsTable, reviewer, self } from '../rights.ts'

export const plannerPermissions = {
  'rotation.scenario.list': [hr, reviewer],
  'rotation.scenario.view': [hr, reviewer],
  'rotation.scenario.compare': [hr, reviewer],
  'rotation.scenario.export': [hr, reviewer],
  'rotation.scenario.create': [hr],
  'rotation.scenario.open': [hr],
  'rotation.scenario.revise': [hr],
  'rotation.scenario.hand': [hr],
  'rotation.scenario.swap': [hr],
  'rotation.scenario.relax': [hr],
  'rotation.scenario.duplicate': [hr],
  'rotation.scenario.delete': [hr],
  'rotation.scenario.solve': [hr],
  'rotation.scenario.cancel': [hr],
  'rotation.scenario.price': [hr],
  'rotation.scenario.exchanges': [hr],
  'rotation.scenario.offerExchange': [hr],
  'rotation.scenario.answerExchange': [self],
  'rotation.scenario.adopt': [hr],
} as const satisfies RightsTable
