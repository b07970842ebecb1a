// `npm start`: everything from a fresh clone to a served district. Plain JavaScript: it runs before any package is there.
import { printHalt } from './start/halt.mjs'
import { checkNodeVersion } from './start/node-version.mjs'

try {
  checkNodeVersion()
  const { start } = await import('./start/start.mjs')
  process.exitCode = await start({
    dev: process.argv.includes('--dev'),
    insecureLan: process.argv.includes('--insecure-lan'),
  })
} catch (error) {
  process.exitCode = printHalt(error)
}
