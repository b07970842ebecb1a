const KINDS: Record<string, 'plain' | 'wait' | 'good' | 'off'> = {
  draft: 'plain',
  published: 'wait',
  ended: 'good',
  withdrawn: 'off',
}

/** Shape of a notice's state on the page. */
export const noticeStateKind = (state: string) => KINDS[state] ?? 'plain'
