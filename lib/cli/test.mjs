// `npm test`: everything, on a fresh clone too. A failing stage does not hide the others.
import { printHalt } from './start/halt.mjs'
import { checkNodeVersion } from './start/node-version.mjs'

const print = (text) => process.stdout.write(text)
const STOPPED = 130

try {
  checkNodeVersion()
  const { installPackages } = await import('./start/install.mjs')
  const { endRunning } = await import('./start/run.mjs')
  const { stepPrinter } = await import('./start/steps.mjs')
  const { browser, staticChecks, sum, vitest } = await import('./test/stages.mjs')
  for (const signal of ['SIGINT', 'SIGTERM'])
    process.once(signal, () => {
      endRunning()
      process.exitCode = STOPPED
    })

  const { step, total } = stepPrinter()
  await step('安装软件包 packages', installPackages)
  const stages = [
    ['静态检查 static checks', () => staticChecks(print)],
    ['规则 rules', () => vitest('rules', print)],
    ['数据库 database', () => vitest('db', print)],
    ['浏览器 browser', () => browser(print)],
  ]
  const counts = []
  for (const [title, work] of stages) {
    if (process.exitCode === STOPPED) break
    await step(title, async () => {
      counts.push(await work())
      const { passed, failed, skipped } = counts.at(-1)
      return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
    })
  }
  total()
  const { passed, failed } = sum(counts)
  print(`${passed} passed, ${failed} failed\n`)
  if (process.exitCode !== STOPPED) process.exitCode = failed === 0 && passed > 0 ? 0 : 1
} catch (error) {
  printHalt(error)
  print('0 passed, 1 failed\n')
  process.exitCode = 1
}
