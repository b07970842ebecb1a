import type { CaseActor, CaseFacts, Cover, Decider } from './case-facts.ts'

/** A condition that does not hold: `case.unmet.<guard>` is its sentence, with the rule that asks for it. */
export interface Unmet {
  guard: GuardName
  rule: string
  values: Record<string, string | number>
}

type Guard = { rule: string; holds: (facts: CaseFacts, actor: CaseActor) => boolean; values?: Values }
type Values = (facts: CaseFacts) => Record<string, string | number>

const people = (decider: Decider | null): string[] =>
  decider === null ? [] : decider.onBehalf === null ? [decider.person] : [decider.person, decider.onBehalf]
/** Whether any of the actor's two ids (delegate, delegator) is among these people (SD-7). */
const isAmong = (actor: CaseActor, others: readonly string[]) => people(actor).some((person) => others.includes(person))

/** Tenths as a person reads them: 24.4. */
const tenths = (value: number) => (value % 10 === 0 ? String(value / 10) : (value / 10).toFixed(1))
/** Whether a school keeps its need after one more leaves the subject (R-SUB-1). */
export const staysCovered = (cover: Cover | null): boolean =>
  cover === null || cover.haveTenths - 10 >= cover.needTenths
/**
 * Whether a post still has a place: a published one, a need nobody fills, or the place of somebody of the subject whose
 * leaving is agreed. A full post takes somebody only for one who goes, so exchanges and chains need no rule of their own (H3).
 */
export const hasPlace = (place: CaseFacts['place']): boolean =>
  place !== null &&
  (place.freed > 0 ||
    (place.places !== null
      ? place.taken < place.places
      : place.cover !== null && place.cover.haveTenths < place.cover.needTenths))

const reroutedFor = ({ row }: CaseFacts) =>
  row.state === 'submitted' ? row.originByBureau : row.state === 'origin_approved' ? row.destinationByBureau : null

/** Every condition of the workflow by name: pure, each with its rule. */
export const GUARDS = {
  roundOpen: { rule: 'domain 2.6', holds: ({ round }) => round.state === 'open' },
  applyOpen: {
    rule: 'domain 2.6',
    holds: ({ round, today }) => round.applyUntil === null || today <= round.applyUntil,
    values: ({ round }) => ({ until: round.applyUntil ?? '' }),
  },
  mayMove: {
    rule: 'R-ELIG-0',
    holds: ({ eligibility, row, volunteersAllowed }) =>
      eligibility === 'eligible' || (row.isVoluntary && volunteersAllowed && eligibility !== 'out_of_scope'),
    values: ({ eligibility }) => ({ state: eligibility ?? 'unknown' }),
  },
  choiceMade: {
    rule: 'domain 2.6',
    holds: ({ row, settings }) =>
      row.wishes <= settings.maxWishes && (row.hasDestination || row.wishes > 0 || row.acceptsAllocation),
    values: ({ settings }) => ({ most: settings.maxWishes }),
  },
  reasonGiven: { rule: 'domain 2.6', holds: ({ row }) => row.hasReason },
  consentGiven: {
    rule: 'R-MATCH-3',
    holds: ({ row, settings }) =>
      row.consented ||
      !((row.crossStage && settings.steps.extraForCrossStage) || (row.isBackbone && settings.steps.extraForBackbone)),
  },
  acknowledgedByTeacher: {
    rule: 'domain 2.6',
    holds: ({ row }) => row.source !== 'nominated' || row.acknowledged,
  },
  subjectCovered: {
    rule: 'R-SUB-1',
    holds: ({ row, originCover }) => row.shortageAccepted || staysCovered(originCover),
    values: ({ originCover }) => ({
      have: tenths((originCover?.haveTenths ?? 10) - 10),
      need: tenths(originCover?.needTenths ?? 0),
    }),
  },
  destinationKnown: { rule: 'domain 2.6', holds: ({ row }) => row.hasDestination },
  placeOpen: {
    rule: 'domain 2.6',
    holds: ({ place }) => hasPlace(place),
    values: ({ place }) => ({ places: place?.places ?? 0, taken: place?.taken ?? 0 }),
  },
  certificateReaches: {
    rule: 'R-CERT-1',
    holds: ({ certificate }) => certificate === 'fits' || certificate === 'unknown',
    values: ({ certificate }) => ({ kind: certificate }),
  },
  paperConfirmed: { rule: 'domain 2.6', holds: ({ paperUnconfirmed }) => !paperUnconfirmed },
  appliedByTeacher: { rule: 'domain 2.6', holds: ({ row }) => row.source === 'applied' },
  nominatedBySchool: { rule: 'domain 2.6', holds: ({ row }) => row.source === 'nominated' },
  lastWasMine: { rule: 'ux 2', holds: ({ lastBy }, actor) => lastBy !== null && people(actor).includes(lastBy) },
  notRerouted: {
    rule: 'SD-4',
    // A late school may still answer while the bureau has not ruled.
    holds: (facts) => [null, 'late'].includes(reroutedFor(facts)),
    values: (facts) => ({ why: reroutedFor(facts) ?? '' }),
  },
  rerouted: { rule: 'SD-4', holds: (facts) => reroutedFor(facts) !== null },
  notOwnCase: { rule: 'SD-3', holds: ({ ownCase }) => !ownCase },
  notRecused: { rule: 'SD-5', holds: ({ recused }) => !recused },
  notPreparer: {
    rule: 'SD-1',
    holds: ({ preparers, settings, row }, actor) =>
      !isAmong(actor, preparers) || (settings.preparerMayCheck && row.state === 'destination_approved'),
  },
  notChecker: { rule: 'SD-1', holds: ({ checker }, actor) => !isAmong(actor, people(checker)) },
  notOtherEnd: {
    rule: 'SD-4',
    holds: ({ approvals }, actor) => !isAmong(actor, people(approvals.origin)),
  },
  notRuler: { rule: 'SD-4', holds: ({ rulers }, actor) => !isAmong(actor, rulers.flatMap(people)) },
} as const satisfies Record<string, Guard>

export type GuardName = keyof typeof GUARDS

/** The guards of a step that do not hold, each with its rule: all of them at once. */
export function unmetOf(guards: readonly GuardName[], facts: CaseFacts, actor: CaseActor): Unmet[] {
  return guards.flatMap((name): Unmet[] => {
    const guard: Guard = GUARDS[name]
    return guard.holds(facts, actor)
      ? []
      : [{ guard: name, rule: guard.rule, values: guard.values ? guard.values(facts) : {} }]
  })
}
