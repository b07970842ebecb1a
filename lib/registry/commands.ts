import type { z } from 'zod'
import * as platformAccount from '@/lib/platform/commands/account.ts'
import * as platformActivate from '@/lib/platform/commands/activate.ts'
import * as platformBulkAccounts from '@/lib/platform/commands/bulk-accounts.ts'
import * as platformGrants from '@/lib/platform/commands/grants.ts'
import * as platformSavedView from '@/lib/platform/commands/saved-view.ts'
import * as platformSetUp from '@/lib/platform/commands/set-up.ts'
import * as platformSettings from '@/lib/platform/commands/settings.ts'
import * as platformTwoPerson from '@/lib/platform/commands/two-person.ts'
import * as platformUsers from '@/lib/platform/commands/users.ts'
import { answerCommand } from '@/lib/platform/two-person.ts'
import * as registerChangePost from '@/lib/register/commands/change-post.ts'
import * as registerCollectionCells from '@/lib/register/commands/collection-cells.ts'
import * as registerCollections from '@/lib/register/commands/collections.ts'
import * as registerCreateTeacher from '@/lib/register/commands/create-teacher.ts'
import * as registerDecideCorrection from '@/lib/register/commands/decide-correction.ts'
import * as registerEditSchool from '@/lib/register/commands/edit-school.ts'
import * as registerEditSecret from '@/lib/register/commands/edit-secret.ts'
import * as registerEditTeacher from '@/lib/register/commands/edit-teacher.ts'
import * as registerExportSchools from '@/lib/register/commands/export-schools.ts'
import * as registerExportTeachers from '@/lib/register/commands/export-teachers.ts'
import * as registerImportBatch from '@/lib/register/commands/import-batch.ts'
import * as registerRecordLeave from '@/lib/register/commands/record-leave.ts'
import * as registerRecordStanding from '@/lib/register/commands/record-standing.ts'
import * as registerRequestCorrection from '@/lib/register/commands/request-correction.ts'
import * as registerReveal from '@/lib/register/commands/reveal.ts'
import * as registerSchoolTies from '@/lib/register/commands/school-ties.ts'
import * as registerTeacherList from '@/lib/register/commands/teacher-list.ts'
import * as registerUploadWorkbook from '@/lib/register/commands/upload-workbook.ts'
import * as reserveExportCandidates from '@/lib/reserve/commands/export-candidates.ts'
import * as reserveMoveCandidate from '@/lib/reserve/commands/move-candidate.ts'
import * as reservePlaceCandidate from '@/lib/reserve/commands/place-candidate.ts'
import * as reserveSaveCandidate from '@/lib/reserve/commands/save-candidate.ts'
import * as rotationApply from '@/lib/rotation/commands/apply.ts'
import * as rotationApplyOrder from '@/lib/rotation/commands/apply-order.ts'
import * as rotationAskAfterDecision from '@/lib/rotation/commands/ask-after-decision.ts'
import * as rotationAskChangeService from '@/lib/rotation/commands/ask-change-service.ts'
import * as rotationAskIssue from '@/lib/rotation/commands/ask-issue.ts'
import * as rotationAskNotice from '@/lib/rotation/commands/ask-notice.ts'
import * as rotationBulk from '@/lib/rotation/commands/bulk.ts'
import * as rotationCaseSteps from '@/lib/rotation/commands/case-steps.ts'
import * as rotationCloseYear from '@/lib/rotation/commands/close-year.ts'
import * as rotationCompleteService from '@/lib/rotation/commands/complete-service.ts'
import * as rotationCreateCase from '@/lib/rotation/commands/create-case.ts'
import * as rotationDeadlines from '@/lib/rotation/commands/deadlines.ts'
import * as rotationDecideBatch from '@/lib/rotation/commands/decide-batch.ts'
import * as rotationDelegation from '@/lib/rotation/commands/delegation.ts'
import * as rotationDraftPolicy from '@/lib/rotation/commands/draft-policy.ts'
import * as rotationEditCase from '@/lib/rotation/commands/edit-case.ts'
import * as rotationEditPolicy from '@/lib/rotation/commands/edit-policy.ts'
import * as rotationEndNotice from '@/lib/rotation/commands/end-notice.ts'
import * as rotationExchangeCases from '@/lib/rotation/commands/exchange-cases.ts'
import * as rotationExchangeConsent from '@/lib/rotation/commands/exchange-consent.ts'
import * as rotationExemptionCommands from '@/lib/rotation/commands/exemption-commands.ts'
import * as rotationExemptionEvidence from '@/lib/rotation/commands/exemption-evidence.ts'
import * as rotationExportCases from '@/lib/rotation/commands/export-cases.ts'
import * as rotationForeignTables from '@/lib/rotation/commands/foreign-tables.ts'
import * as rotationFreezeRoll from '@/lib/rotation/commands/freeze-roll.ts'
import * as rotationMakePapers from '@/lib/rotation/commands/make-papers.ts'
import * as rotationObjections from '@/lib/rotation/commands/objections.ts'
import * as rotationOpenInstance from '@/lib/rotation/commands/open-instance.ts'
import * as rotationPaper from '@/lib/rotation/commands/paper.ts'
import * as rotationPrepareNotice from '@/lib/rotation/commands/prepare-notice.ts'
import * as rotationPrepareOrders from '@/lib/rotation/commands/prepare-orders.ts'
import * as rotationRecusal from '@/lib/rotation/commands/recusal.ts'
import * as rotationRemind from '@/lib/rotation/commands/remind.ts'
import * as rotationReportIn from '@/lib/rotation/commands/report-in.ts'
import * as rotationRollChangeCommands from '@/lib/rotation/commands/roll-change-commands.ts'
import * as rotationRounds from '@/lib/rotation/commands/rounds.ts'
import * as rotationScenarioAdopt from '@/lib/rotation/commands/scenario-adopt.ts'
import * as rotationScenarioHand from '@/lib/rotation/commands/scenario-hand.ts'
import * as rotationScenarioPolicy from '@/lib/rotation/commands/scenario-policy.ts'
import * as rotationScenarioSolve from '@/lib/rotation/commands/scenario-solve.ts'
import * as rotationScenarios from '@/lib/rotation/commands/scenarios.ts'
import * as rotationServiceAssessments from '@/lib/rotation/commands/service-assessments.ts'
import * as rotationSubmitPolicy from '@/lib/rotation/commands/submit-policy.ts'
import * as rotationSyncService from '@/lib/rotation/commands/sync-service.ts'
import * as rotationVacancies from '@/lib/rotation/commands/vacancies.ts'
import type { Permission } from '@/lib/rules/access/permissions.ts'
import * as talentExportStudios from '@/lib/talent/commands/export-studios.ts'
import * as talentSaveStudio from '@/lib/talent/commands/save-studio.ts'
import * as talentStudioMembers from '@/lib/talent/commands/studio-members.ts'
import { OPERATIONS } from './operations.ts'

/** What every command has, whatever it takes and gives. */
export interface RegisteredCommand {
  name: Permission
  input: z.ZodType
}

/** The answer to a two-person request, over the operations of all areas. */
export const answerTwoPerson = answerCommand(OPERATIONS)

const isCommand = (value: unknown): value is RegisteredCommand =>
  typeof value === 'object' &&
  value !== null &&
  'name' in value &&
  'input' in value &&
  ('run' in value || 'apart' in value)

/** One namespace import per file of `lib/<area>/commands`: all that can write, for the tests that try every command. */
const MODULES: readonly Record<string, unknown>[] = [
  platformAccount,
  platformActivate,
  platformBulkAccounts,
  platformGrants,
  platformSavedView,
  platformSetUp,
  platformSettings,
  platformTwoPerson,
  platformUsers,
  registerChangePost,
  registerCollectionCells,
  registerCollections,
  registerCreateTeacher,
  registerDecideCorrection,
  registerEditSchool,
  registerEditSecret,
  registerEditTeacher,
  registerExportSchools,
  registerExportTeachers,
  registerImportBatch,
  registerRecordLeave,
  registerRecordStanding,
  registerRequestCorrection,
  registerReveal,
  registerSchoolTies,
  registerTeacherList,
  registerUploadWorkbook,
  reserveExportCandidates,
  reserveMoveCandidate,
  reservePlaceCandidate,
  reserveSaveCandidate,
  rotationApplyOrder,
  rotationApply,
  rotationAskAfterDecision,
  rotationAskChangeService,
  rotationAskIssue,
  rotationAskNotice,
  rotationBulk,
  rotationCaseSteps,
  rotationCloseYear,
  rotationCompleteService,
  rotationCreateCase,
  rotationDeadlines,
  rotationDecideBatch,
  rotationDelegation,
  rotationDraftPolicy,
  rotationEditCase,
  rotationEditPolicy,
  rotationEndNotice,
  rotationExchangeCases,
  rotationExchangeConsent,
  rotationExemptionCommands,
  rotationExemptionEvidence,
  rotationExportCases,
  rotationForeignTables,
  rotationFreezeRoll,
  rotationMakePapers,
  rotationObjections,
  rotationOpenInstance,
  rotationPaper,
  rotationPrepareNotice,
  rotationPrepareOrders,
  rotationRecusal,
  rotationRemind,
  rotationReportIn,
  rotationRollChangeCommands,
  rotationRounds,
  rotationScenarioAdopt,
  rotationScenarioHand,
  rotationScenarioPolicy,
  rotationScenarioSolve,
  rotationScenarios,
  rotationServiceAssessments,
  rotationSubmitPolicy,
  rotationSyncService,
  rotationVacancies,
  talentExportStudios,
  talentSaveStudio,
  talentStudioMembers,
  { answerTwoPerson },
]

/** Every command of the product. */
export const COMMANDS: readonly RegisteredCommand[] = [
  ...new Set(MODULES.flatMap((module) => Object.values(module)).filter(isCommand)),
]
