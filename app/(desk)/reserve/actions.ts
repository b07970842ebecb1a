'use server'
import { defineAction } from '@/app/_server/action.ts'
import { moveCandidate, reassessCandidate } from '@/lib/reserve/commands/move-candidate.ts'
import { placeCandidate } from '@/lib/reserve/commands/place-candidate.ts'
import { createCandidate, editCandidate, saveScores } from '@/lib/reserve/commands/save-candidate.ts'

export const createCandidateAction = defineAction(createCandidate, { redirectTo: ({ id }) => `/reserve/${id}` })
export const editCandidateAction = defineAction(editCandidate, {
  refresh: ['/reserve'],
  redirectTo: ({ id }) => `/reserve/${id}`,
})
export const moveCandidateAction = defineAction(moveCandidate, { refresh: ['/reserve'] })
export const reassessCandidateAction = defineAction(reassessCandidate, { refresh: ['/reserve'] })
export const placeCandidateAction = defineAction(placeCandidate, { refresh: ['/reserve'] })
export const saveScoresAction = defineAction(saveScores, { refresh: ['/reserve'] })
