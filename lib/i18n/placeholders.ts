/** Names of the ICU arguments and tags of a sentence, each once: `{n, plural, one {# case} other {# cases}}` → n. */
export function placeholders(sentence: string): string[] {
  const names = new Set<string>()
  const stack: ('argument' | 'branch')[] = []
  const open = /\{\s*([\p{L}\d_]+)\s*(,|\})|\{|\}/uy
  for (let at = 0; at < sentence.length; ) {
    open.lastIndex = at
    const match = open.exec(sentence)
    if (!match) {
      at += 1
      continue
    }
    at = open.lastIndex
    const inBranch = stack.at(-1) !== 'argument' // directly inside an argument a brace opens a branch
    if (match[1] && inBranch) {
      names.add(match[1])
      if (match[2] === ',') stack.push('argument')
    } else if (match[0] === '}') stack.pop()
    else {
      stack.push('branch')
      at = match.index + 1
    }
  }
  for (const [, tag] of sentence.matchAll(/<([a-zA-Z]\w*)>/g)) names.add(`<${tag}>`)
  return [...names].sort()
}
