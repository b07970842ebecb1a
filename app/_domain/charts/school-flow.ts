/** How many of one kind go from one school to another. */
export interface SchoolFlow {
  from: { id: string; name: string }
  to: { id: string; name: string }
  /** Code of what flows, e.g. a subject, and its word. */
  kind: string
  kindName: string
  count: number
  href: string
}
