import { type Browser, expect, type Locator, type Page } from '@playwright/test'
import { signIn } from '../sign-in.ts'

const DESK = { viewport: { width: 1366, height: 768 } }
const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 }

/** Somebody at a desk or with a phone: a window of their own, found by what they read on it. */
export class Person {
  private constructor(
    readonly login: string,
    readonly page: Page,
    readonly said: string[],
  ) {}

  /** Signs in; whatever the browser complains about afterwards is kept in `said`. */
  static async arrives(
    browser: Browser,
    login: string,
    { phone = false, locale = 'zh-CN', password }: { phone?: boolean; locale?: string; password?: string } = {},
  ): Promise<Person> {
    const person = await Person.comes(browser, login, { phone, locale })
    await signIn(person.page, login, password)
    return person
  }

  /** Opens a window without signing in. */
  static async comes(browser: Browser, login: string, { phone = false, locale = 'zh-CN' } = {}): Promise<Person> {
    const context = await browser.newContext({
      ...(phone ? PHONE : DESK),
      locale,
      timezoneId: 'Asia/Shanghai',
      acceptDownloads: true,
    })
    const page = await context.newPage()
    const said: string[] = []
    page.on('console', (message) => {
      if (message.type() === 'error') said.push(`${page.url()}: ${message.text()}`)
    })
    page.on('pageerror', (error) => said.push(`${page.url()}: ${error.message}`))
    return new Person(login, page, said)
  }

  leaves = () => this.page.context().close()

  async opens(path: string): Promise<void> {
    await this.page.goto(path)
  }

  /** The open dialog, else the page itself. */
  private get place(): Locator {
    return this.page.locator('dialog[open], body:not(:has(dialog[open]))').first()
  }

  field = (label: string | RegExp) => this.place.getByLabel(label).filter({ visible: true }).first()

  async fills(fields: Record<string, string>): Promise<void> {
    for (const [label, value] of Object.entries(fields)) await this.field(label).fill(value)
  }

  async chooses(label: string | RegExp, option: string | RegExp): Promise<void> {
    const select = this.field(label)
    const texts = await select.locator('option').allTextContents()
    const found = texts.find((text) => (typeof option === 'string' ? text.trim() === option : option.test(text)))
    if (found === undefined) throw new Error(`no option ${option} in ${label}: ${texts.slice(0, 20).join(' | ')}`)
    await select.selectOption({ label: found })
  }

  /** A button of the page or of the open dialog. */
  async presses(name: string | RegExp, within?: Locator): Promise<void> {
    await (within ?? this.place)
      .getByRole('button', { name, exact: typeof name === 'string' })
      .first()
      .click()
  }

  /** Follows a link and waits until it has led there. */
  async follows(name: string | RegExp, to: RegExp): Promise<void> {
    await this.place
      .getByRole('link', { name, exact: typeof name === 'string' })
      .first()
      .click()
    await this.page.waitForURL(to)
  }

  /** The dialog's form has been taken: it closes by itself. */
  finishes = () => expect(this.page.locator('dialog[open]')).toHaveCount(0)

  /** What the page answers: the sentence it must say. */
  async reads(text: string | RegExp): Promise<void> {
    await expect(this.page.getByText(text).filter({ visible: true }).first()).toBeVisible()
  }

  /** A row of a table (a card on a phone) that contains all these words. */
  row(...words: (string | RegExp)[]): Locator {
    return words.reduce<Locator>((rows, hasText) => rows.filter({ hasText }), this.page.getByRole('row')).first()
  }
}
