import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, type Page, test } from '@playwright/test'
import { signIn } from '../../support/sign-in.ts'

let evil: Server
const port = () => (evil.address() as AddressInfo).port

test.beforeAll(async () => {
  evil = createServer((_, answer) => {
    answer.setHeader('Content-Type', 'text/html; charset=utf-8')
    answer.end('<!doctype html><title>中奖了</title><p id="said"></p>')
  })
  await new Promise<void>((resolve) => evil.listen(0, resolve))
})
test.afterAll(() => new Promise<unknown>((resolve) => evil.close(resolve)))

const EXPORT = '/api/teachers/export'
const FIELDS = { purpose: '随便看看', filter: '', selection: 'false' }

/**
 * Status of the answer to the next POST; `unread` where the browser keeps it from the page that asked. A frame that changes its
 * process on the way may lose the event: what the browser then says of the answer itself counts the same.
 */
const postAnswered = (page: Page) => {
  const said = (text: string) => Number(/the server responded with a status of (\d+)/.exec(text)?.[1])
  return Promise.race([
    page.waitForEvent('response', (answer) => answer.request().method() === 'POST').then((answer) => answer.status()),
    page.waitForEvent('console', (line) => said(line.text()) > 0).then((line) => said(line.text())),
    page.waitForEvent('requestfailed', (request) => request.method() === 'POST').then(() => 'unread' as const),
  ])
}

const sendForm = (page: Page, action: string, fields: Record<string, string>, frame?: string) =>
  page.evaluate(
    ([to, entries, sandbox]) => {
      const quoted = (text: string) => text.replace(/&/g, '&amp;').replace(/"/g, '&quot;')
      const inputs = Object.entries(entries).map(
        ([name, value]) => `<input name="${quoted(name)}" value="${quoted(value)}">`,
      )
      const html = `<form method="post" enctype="multipart/form-data" action="${to}">${inputs.join('')}</form><script>addEventListener('load', () => setTimeout(() => document.forms[0].submit(), 50))</script>`
      const inner = document.createElement('iframe')
      if (sandbox !== null) {
        inner.setAttribute('sandbox', sandbox)
        inner.srcdoc = html
        document.body.append(inner)
        return
      }
      document.body.innerHTML = html
      document.forms[0]!.submit()
    },
    [action, fields, frame ?? null] as const,
  )

// the name beside ours is the harder one: browsers hand our cookie to another port of the same name
for (const host of ['localhost', '127.0.0.1'])
  test(`SEC-T8 a page of ${host === 'localhost' ? 'another port of our name' : 'another site'} can neither act, read nor frame`, async ({
    page,
    context,
    baseURL,
  }) => {
    const ours = baseURL!
    // without our cookie nobody is asking; with it, it is the wrong page that asks
    const refused = host === 'localhost' ? 403 : 401
    // each attack in a window of its own: what the one before led to is not waited for
    const there = async () => {
      const other = await context.newPage()
      await other.goto(`http://${host}:${port()}/`)
      return other
    }
    await signIn(page, 'hr1')
    // what a form of ours would send, taken from our own page
    const signOut = await page.evaluate(() => {
      const form = [...document.forms].find((one) => one.querySelector('[name^="$ACTION"]'))
      return form ? Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value)])) : {}
    })

    const formPage = await there()
    const byForm = postAnswered(formPage)
    await sendForm(formPage, `${ours}${EXPORT}`, FIELDS)
    expect(await byForm).toBe(refused)

    const framePage = await there()
    const bySandbox = postAnswered(framePage)
    await sendForm(framePage, `${ours}${EXPORT}`, FIELDS, 'allow-forms allow-scripts')
    expect(await bySandbox).toBe(401)

    const scriptPage = await there()
    const byScript = postAnswered(scriptPage)
    await scriptPage.evaluate(
      ([to, fields]) => {
        const body = new FormData()
        for (const [name, value] of Object.entries(fields)) body.set(name, value)
        void fetch(to, { method: 'POST', mode: 'no-cors', credentials: 'include', body }).catch(() => undefined)
      },
      [`${ours}${EXPORT}`, FIELDS] as const,
    )
    expect([refused, 'unread']).toContain(await byScript)

    if (Object.keys(signOut).length > 0) {
      const actionPage = await there()
      const byAction = postAnswered(actionPage)
      await sendForm(actionPage, `${ours}/`, signOut)
      expect(await byAction).toBeGreaterThanOrEqual(400)
    }

    const reader = await there()
    const read = await reader.evaluate(
      (from) =>
        fetch(from, { credentials: 'include' }).then(
          (answer) => answer.text(),
          (error: Error) => error.name,
        ),
      `${ours}/api/find?q=li`,
    )
    expect(read).toBe('TypeError')

    await reader.evaluate((from) => {
      const frame = document.createElement('iframe')
      frame.src = from
      document.body.append(frame)
      return new Promise((resolve) => frame.addEventListener('load', resolve))
    }, `${ours}/`)
    expect(reader.frames().map((frame) => frame.url())).not.toContain(`${ours}/`)

    const opened = reader.waitForEvent('popup')
    const seen = await reader.evaluate(async (from) => {
      const other = window.open(from)
      await new Promise((resolve) => setTimeout(resolve, 2000))
      try {
        return other?.closed ? 'cut off' : (other?.document.body.innerText ?? 'nothing')
      } catch (error) {
        return (error as Error).name
      }
    }, `${ours}/`)
    expect(['cut off', 'SecurityError']).toContain(seen)
    await (await opened).close()

    await page.goto('/')
    expect(new URL(page.url()).pathname).toBe('/')
  })
