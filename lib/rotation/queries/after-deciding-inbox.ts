import { objectionsWaiting } from './notices.ts'
import { reportsWaiting } from './orders.ts'
import { serviceWaiting } from './service.ts'

/** What notices, orders and postings put into somebody's inbox: objections, 报到, assessments and ended terms. */
export const afterDecidingWaiting = [
  { kind: 'rotation.objection', href: '/rotation/notices', count: objectionsWaiting },
  { kind: 'rotation.report', href: '/rotation/orders', count: reportsWaiting },
  { kind: 'rotation.service', href: '/rotation/service', count: serviceWaiting },
]
