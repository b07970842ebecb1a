const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1)} s`.padStart(8)

/** Prints each step of a start with the time it took. `write` is stdout for `npm start`, stderr for commands. */
export function stepPrinter(write = (text) => process.stdout.write(text)) {
  const begun = performance.now()
  return {
    /** Run `work`; print `title`, its time and what it returned as a note. */
    async step(title, work) {
      const since = performance.now()
      const note = await work()
      write(`${seconds(since)}  ${title}${typeof note === 'string' && note ? ` · ${note}` : ''}\n`)
      return note
    },
    note(text) {
      write(`          ${text}\n`)
    },
    total() {
      write(`${seconds(begun)}  合计 total\n`)
    },
  }
}
