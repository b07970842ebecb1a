import { existsSync, readFileSync } from 'node:fs'

const read = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null)

/**
 * Passed and failed tests of a runner's JSON report. A runner that ended badly without a failed test (it crashed,
 * a set-up failed, a file did not load) counts as one failure: silence never passes.
 */
function counted({ passed, failed, skipped }, code) {
  return { passed, skipped, failed: failed === 0 && code !== 0 ? 1 : failed }
}

export function countVitest(file, code) {
  const report = read(file)
  if (!report) return { passed: 0, failed: 1, skipped: 0 }
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = report
  return counted(
    { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests + (numTodoTests ?? 0) },
    code,
  )
}

export function countPlaywright(file, code) {
  const report = read(file)
  if (!report) return { passed: 0, failed: 1, skipped: 0 }
  const { expected, unexpected, flaky, skipped } = report.stats
  return counted({ passed: expected, failed: unexpected + flaky, skipped }, code)
}
