// The browser tests' second server: an installation as a bureau begins it, an empty exercise district made by `init`.
import { join } from 'node:path'
import { printHalt } from '../../lib/cli/start/halt.mjs'
import { pause } from '../../lib/cli/start/pids.mjs'
import { root } from '../../lib/cli/start/places.mjs'
import { run } from '../../lib/cli/start/run.mjs'
import { start } from '../../lib/cli/start/start.mjs'

/** The demo's server builds the pages; both serve the same build. */
async function whenBuilt(address) {
  for (;;) {
    try {
      await fetch(address, { redirect: 'manual' })
      return
    } catch {
      await pause(500)
    }
  }
}

try {
  await whenBuilt(process.env.JUNHENG_TEST_DEMO)
  const words = ['init', '--empty', '--exercise', '--name', '东胜区', '--code', '150602']
  const { code, output } = await run(process.execPath, [join(root, 'lib/cli/junheng.mjs'), ...words], { cwd: root })
  if (code !== 0) throw new Error(output)
  process.exitCode = await start({ dev: false, insecureLan: false })
} catch (error) {
  process.exitCode = printHalt(error)
}
