import { defineStep } from '../cases/step-command.ts'
import { acceptShortageInput, returnInput, ruleInput, stepInput } from '../inputs/cases.ts'

/** A ruling or a fresh start leaves no trace of why the bureau had a school's step. */
const routed = { originByBureau: null, destinationByBureau: null } as const

/** 提交申报: the draft goes to the origin school, or past it where the policy says so. */
export const submitCase = defineStep(stepInput, { name: 'rotation.case.submit', action: 'submit' })

/** 同意调出 or 同意接收, by the principal of the end whose turn it is. */
export const approveCase = defineStep(stepInput, { name: 'rotation.case.approve', action: 'approve' })

/** 退回修改 to an earlier step, with the reason; another pass begins. */
export const returnCase = defineStep(returnInput, {
  name: 'rotation.case.return',
  action: 'return',
  record: () => ({ patch: routed }),
})

/** 不同意 by a school: ends the case, or goes to the bureau for a ruling when the policy lets it (局裁定). */
export const refuseCase = defineStep(stepInput, {
  name: 'rotation.case.refuse',
  action: 'refuse',
  record: (_input, row, step) =>
    step.to === row.state
      ? {
          patch: step.transition.side === 'origin' ? { originByBureau: 'refused' } : { destinationByBureau: 'refused' },
        }
      : {},
})

/** 局裁定: the bureau gives or refuses the approval of a school that refused, is late, or may not decide (SD-4, SD-5). */
export const ruleCase = defineStep(ruleInput, {
  name: 'rotation.case.rule',
  action: ({ verdict }) => (verdict === 'approve' ? 'rule_approve' : 'rule_refuse'),
  record: (input, row) => ({
    // The approval is that end's: the two ends may not come from one person.
    side: row.state === 'submitted' ? 'origin' : 'destination',
    meeting: { meeting: input.meeting, meetingDate: input.meetingDate ?? null, minutesNo: input.minutesNo },
  }),
})

/** 撤回我的同意, for as long as nobody acted on it. */
export const takeBackCase = defineStep(stepInput, { name: 'rotation.case.takeBack', action: 'take_back' })

/** 撤回申报 before the bureau decides. */
export const withdrawCase = defineStep(stepInput, { name: 'rotation.case.withdraw', action: 'withdraw' })

/** 人事股初审通过 (复核). */
export const checkCase = defineStep(stepInput, { name: 'rotation.case.check', action: 'check' })

/** 不同意 by the bureau. */
export const rejectCase = defineStep(stepInput, { name: 'rotation.case.reject', action: 'reject' })

/** The bureau accepts that the origin falls below its need in the subject (R-SUB-1). */
export const acceptShortage = defineStep(acceptShortageInput, {
  name: 'rotation.case.acceptShortage',
  action: 'accept_shortage',
  record: () => ({ patch: { shortageAccepted: true } }),
})
