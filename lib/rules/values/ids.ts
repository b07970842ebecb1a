import { z } from 'zod'

/** Ids are UUIDv7 text; the brand keeps one kind from standing where another is meant. */
export type Id<Kind extends string> = string & { readonly __id: Kind }
export type DistrictId = Id<'District'>
export type SchoolId = Id<'School'>
export type GroupId = Id<'Group'>
export type TeacherId = Id<'Teacher'>
export type UserId = Id<'User'>
export type PersonId = Id<'Person'>
export type GrantId = Id<'Grant'>
export type RoundId = Id<'Round'>
export type CaseId = Id<'Case'>
export type PolicyId = Id<'Policy'>
export type NoticeId = Id<'Notice'>
export type OrderId = Id<'Order'>
export type BatchId = Id<'Batch'>
export type StudioId = Id<'Studio'>
export type CandidateId = Id<'Candidate'>
export type FileId = Id<'File'>

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
export const isUuid = (text: string): boolean => UUID.test(text)

/** Schema of an id coming from outside (address, form). */
export const idSchema = <T extends string>() =>
  z
    .string()
    .regex(UUID)
    .transform((value) => value as T)
