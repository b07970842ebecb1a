import Link from 'next/link'
import type { PlanPerson } from '@/lib/rotation/queries/scenario-view.ts'

/** Somebody of the register leads to their record; of an instance from elsewhere only the id there is known. */
export const PersonName = ({ person, id }: { person: PlanPerson | null; id: string }) =>
  person ? <Link href={`/teachers/${person.id}` as never}>{person.name}</Link> : <code>{id}</code>
