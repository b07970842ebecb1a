/** One thing looked at. `check` is a stable word for programs. */
export interface Finding {
  check: string
  state: 'good' | 'warning' | 'wrong'
  zh: string
  en: string
}

export const finding = (check: string, state: Finding['state'], zh: string, en: string): Finding => ({
  check,
  state,
  zh,
  en,
})
