// `npm run --silent junheng -- COMMAND`: installs what is missing, then hands over to junheng.ts.
import { spawn } from 'node:child_process'
import { printHalt } from './start/halt.mjs'
import { checkNodeVersion } from './start/node-version.mjs'

try {
  checkNodeVersion()
  const { installPackages } = await import('./start/install.mjs')
  const { root } = await import('./start/places.mjs')
  const { noteRunning } = await import('./start/run.mjs')
  await installPackages()
  const child = noteRunning(
    spawn(
      process.execPath,
      ['--import', import.meta.resolve('tsx'), `${root}/lib/cli/junheng.ts`, ...process.argv.slice(2)],
      {
        // file names on the command line are the caller's: npm tells where the person stood
        cwd: process.env.INIT_CWD ?? process.cwd(),
        env: { ...process.env, TSX_TSCONFIG_PATH: `${root}/tsconfig.json` },
        stdio: 'inherit',
      },
    ),
  )
  // Ctrl-C reaches the command itself, which stops what it started; this process only waits
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
  process.exitCode = await new Promise((resolve) => child.on('exit', (code) => resolve(code ?? 1)))
} catch (error) {
  process.exitCode = printHalt(error)
}
