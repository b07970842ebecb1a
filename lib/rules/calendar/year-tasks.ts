/** Whose work a task of the school year is. */
export const TASK_ROLES = ['hr', 'principal', 'review'] as const
export type TaskRole = (typeof TASK_ROLES)[number]

export interface MonthTasks {
  month: number
  /** Roles with a task in the month; its words are `calendar.m<month>.<role>`. */
  roles: readonly TaskRole[]
  /** Pages where the month's work is done, by key of the rail. */
  pages: readonly string[]
}

/** The school year of a bureau and its schools, September to August (domain.md §10). */
export const YEAR_TASKS: readonly MonthTasks[] = [
  { month: 9, roles: ['hr', 'principal'], pages: ['teachers', 'schools'] },
  { month: 10, roles: ['hr', 'principal', 'review'], pages: ['schools', 'teachers'] },
  { month: 11, roles: ['hr', 'principal', 'review'], pages: ['reserve'] },
  { month: 12, roles: ['hr', 'principal', 'review'], pages: ['talent', 'teachers'] },
  { month: 1, roles: ['hr', 'principal', 'review'], pages: ['home', 'reserve', 'equity'] },
  { month: 2, roles: ['hr', 'principal'], pages: ['teachers', 'schools'] },
  { month: 3, roles: ['hr', 'principal', 'review'], pages: ['policies', 'reserve'] },
  { month: 4, roles: ['hr', 'principal'], pages: ['roll', 'teachers'] },
  { month: 5, roles: ['hr', 'principal'], pages: ['rotation'] },
  { month: 6, roles: ['hr', 'principal', 'review'], pages: ['rotation', 'inbox'] },
  { month: 7, roles: ['hr', 'principal', 'review'], pages: ['rotation'] },
  { month: 8, roles: ['hr', 'principal', 'review'], pages: ['rotation', 'reserve'] },
]

/** The month and the one after it, as the calendar lists them. */
export function tasksAround(month: number): { now: MonthTasks; next: MonthTasks } {
  const at = YEAR_TASKS.findIndex((tasks) => tasks.month === month)
  if (at === -1) throw new RangeError(`not a month: ${month}`)
  return { now: YEAR_TASKS[at]!, next: YEAR_TASKS[(at + 1) % YEAR_TASKS.length]! }
}
