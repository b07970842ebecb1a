import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defineConfig } from '@playwright/test'
import { findChromium } from './lib/cli/test/chromium.mjs'

const port = process.env.JUNHENG_TEST_PORT ?? '4173'
// kept in the environment: workers read this file again and must find the same folder
process.env.JUNHENG_TEST_DATA ??= mkdtempSync(join(tmpdir(), 'junheng-browser-'))
// the story's own bureau: an installation beside the demo's, on the next port
const bureauPort = String(Number(port) + 1)
process.env.JUNHENG_TEST_BUREAU ??= `http://localhost:${bureauPort}`
process.env.JUNHENG_TEST_BUREAU_DATA ??= `${process.env.JUNHENG_TEST_DATA}-bureau`
const isRoot = process.getuid?.() === 0

/** An old server would serve an old build: better to fail than to test that. */
const server = (command: string, on: string, data: string) => ({
  command,
  url: `http://localhost:${on}/`,
  reuseExistingServer: false,
  timeout: 300_000,
  stdout: 'pipe' as const,
  gracefulShutdown: { signal: 'SIGTERM' as const, timeout: 10_000 },
  env: {
    PORT: on,
    JUNHENG_DATA: data,
    DATABASE_URL: '',
    HOST: '127.0.0.1',
    PUBLIC_ORIGIN: '',
    JUNHENG_TEST_DEMO: `http://localhost:${port}/`,
  },
})

export default defineConfig({
  testDir: 'tests/browser',
  workers: 2,
  fullyParallel: false, // a story's tests share their district; files run beside each other, walks beside walks
  forbidOnly: process.env.CI === 'true',
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
  use: {
    baseURL: `http://localhost:${port}`,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: findChromium(),
      args: isRoot ? ['--no-sandbox', '--disable-dev-shm-usage'] : ['--disable-dev-shm-usage'],
    },
  },
  projects: [
    // the long ones begin first: what is short fills up beside them
    {
      name: 'story',
      testMatch: /browser\/story\/[^/]+\.spec\.ts$/,
      // whole registers are written and read on the way
      expect: { timeout: 30_000 },
      use: { viewport: { width: 1366, height: 768 } },
    },
    {
      name: 'desk',
      testIgnore: [/\.phone\.spec\.ts$/, /browser\/story\//],
      use: { viewport: { width: 1366, height: 768 } },
    },
    {
      name: 'phone',
      testMatch: /\.phone\.spec\.ts$/,
      use: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 },
    },
  ],
  webServer: [
    server('node lib/cli/start.mjs', port, process.env.JUNHENG_TEST_DATA),
    server('node tests/support/bureau-server.mjs', bureauPort, process.env.JUNHENG_TEST_BUREAU_DATA),
  ],
})
