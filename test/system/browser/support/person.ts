import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';

const PATIENCE_MS = 10_000;

/** A person in front of the page, with a tab of their own. */
export class Person {
  /** Errors that the browser reported. */
  readonly complaints: string[] = [];

  private constructor(
    readonly name: string,
    readonly page: Page,
    readonly context: BrowserContext,
  ) {
    page.on('pageerror', (error) => this.complaints.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') this.complaints.push(message.text());
    });
  }

  static async atTheDoor(browser: Browser, url: string, name: string, options?: BrowserContextOptions) {
    const context = await browser.newContext({ viewport: { width: 1100, height: 720 }, ...options });
    context.setDefaultTimeout(PATIENCE_MS);
    const person = new Person(name, await context.newPage(), context);
    await person.page.goto(url);
    return person;
  }

  static async inTheLobby(browser: Browser, url: string, name: string, options?: BrowserContextOptions) {
    const person = await Person.atTheDoor(browser, url, name, options);
    await person.enters();
    return person;
  }

  async enters(): Promise<void> {
    await this.page.getByLabel('Your name').fill(this.name);
    await this.page.getByRole('button', { name: 'Enter' }).click();
    await this.is('Live');
  }

  /** Waits until the page shows this state of its connection. */
  async is(state: string): Promise<void> {
    await this.page.locator('#state', { hasText: state }).waitFor();
  }

  async say(text: string): Promise<void> {
    await this.page.locator('#message').fill(text);
    await this.page.locator('#message').press('Enter');
  }

  /** Waits for a message that the server has taken. */
  async sees(text: string): Promise<void> {
    await this.page
      .locator('.message:not(.pending) .text')
      .getByText(text, { exact: true })
      .first()
      .waitFor();
  }

  /** Everything that the open conversation shows and the server has taken. */
  messages(): Promise<string[]> {
    return this.page.locator('.message:not(.pending) .text').allTextContents();
  }

  async opens(name: string | RegExp): Promise<void> {
    await this.page.locator('#sidebar').getByRole('link', { name }).click();
  }

  async joins(room: string): Promise<void> {
    await this.page.getByLabel('Name of a room to join').fill(room);
    await this.page.getByRole('button', { name: 'Join' }).click();
    await this.page.getByRole('heading', { name: room }).waitFor();
    await this.page.locator('#members').getByText(`${this.name} (you)`).waitFor();
  }

  leave(): Promise<void> {
    return this.context.close();
  }
}
