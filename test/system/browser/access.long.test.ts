import { afterEach, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { DEVELOPMENT_SECRET, developmentToken } from '../../../src/adapters/jwt/development-token.js';
import { ALL_PERMISSIONS } from '../../../src/domain/access/permissions.js';
import { type ChatServer, startChatServer } from './support/chat-server.js';
import { describeInChromium } from './support/chromium.js';
import { Person } from './support/person.js';

const PHONE = { viewport: { width: 390, height: 780 }, isMobile: true, hasTouch: true };

const slowDown = (id: string) =>
  JSON.stringify({
    type: 'error',
    id,
    code: 'rate_limited',
    message: 'Too many frames: slow down.',
    retryable: true,
    retryAfterMs: 100,
  });

/** Whether the focus can be seen. */
const focusIsVisible = (page: Page) =>
  page.evaluate(() => {
    const { document, getComputedStyle } = globalThis as unknown as {
      document: { activeElement: object };
      getComputedStyle(element: object): { outlineStyle: string; outlineWidth: string };
    };
    const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement);
    return outlineStyle !== 'none' && outlineWidth !== '0px';
  });

describeInChromium('The page', (browser) => {
  let server: ChatServer;
  let alice: Person;
  afterEach(async () => {
    await alice?.leave();
    await server?.switchboard.stop();
  });

  it('can be used by keyboard alone, and shows where the focus is', async () => {
    server = await startChatServer();
    alice = await Person.atTheDoor(browser(), server.url, 'alice');
    const { page } = alice;
    const { keyboard } = page;
    const isAt = (selector: string) => page.locator(`${selector}:focus`).waitFor();
    const goTo = async (selector: string, key: 'Tab' | 'Shift+Tab') => {
      for (
        let presses = 0;
        presses < 25 && !(await page.locator(`${selector}:focus`).count());
        presses += 1
      ) {
        await keyboard.press(key);
        expect(await focusIsVisible(page)).toBe(true);
      }
      await isAt(selector);
    };

    await isAt('#name');
    await keyboard.type('alice');
    await keyboard.press('Enter');
    await alice.is('Live');
    await isAt('#message');
    await keyboard.type('First line');
    await keyboard.press('Shift+Enter');
    await keyboard.type('second line');
    await keyboard.press('Enter');
    await alice.sees('First line\nsecond line');

    await goTo('#room-name', 'Shift+Tab');
    await keyboard.type('plans');
    await keyboard.press('Enter');
    await page.getByRole('heading', { name: 'plans' }).waitFor();
    await isAt('#message');
    await keyboard.type('A plan');
    await keyboard.press('Enter');
    await alice.sees('A plan');

    await goTo('#rooms a[href="#lobby"]', 'Shift+Tab');
    await keyboard.press('Enter');
    await page.getByRole('heading', { name: 'lobby' }).waitFor();
    await goTo('#machinery-toggle', 'Shift+Tab');
    await keyboard.press('Enter');
    await goTo('#cut', 'Tab');
    await keyboard.press('Enter');
    await page.locator('#frames', { hasText: 'Connection 2 is open' }).waitFor();
    await goTo('#machinery-close', 'Tab');
    await keyboard.press('Enter');
    await isAt('#machinery-toggle');

    await goTo('#leave', 'Tab');
    await keyboard.press('Enter');
    await page.locator('#rooms', { hasText: 'lobby' }).waitFor({ state: 'detached' });
    await isAt('#rooms a[href="#plans"]');
  });

  it('fits on a phone', async () => {
    server = await startChatServer();
    alice = await Person.inTheLobby(browser(), server.url, 'alice', PHONE);
    const { page } = alice;
    const width = () => page.evaluate<number>('document.documentElement.scrollWidth');

    expect(await width()).toBe(390);
    await alice.opens(/lobby/);
    await alice.say('Word'.repeat(100));
    await alice.sees('Word'.repeat(100));
    expect(await width()).toBe(390);
    expect(await page.locator('#scroller').evaluate((element) => element.scrollWidth)).toBe(390);
    await page.getByRole('button', { name: '1 here' }).tap();
    await page.locator('#members').getByText('alice (you)').waitFor();
    expect(await width()).toBe(390);
    await page.getByRole('button', { name: 'Back to all rooms' }).tap();
    await page.getByRole('button', { name: 'Show the machinery' }).tap();
    await page.getByRole('button', { name: 'Cut the connection' }).waitFor();
    expect(await width()).toBe(390);
    expect(await page.evaluate('document.documentElement.scrollHeight')).toBe(780);
    for (const part of ['#sidebar', '#machinery'])
      expect(await page.locator(part).boundingBox()).toMatchObject({ x: 0, width: 390 });
  });

  it('says when the server asks to slow down, and sends everything in the end', async () => {
    server = await startChatServer({ RATE_LIMIT: 'off' });
    alice = await Person.atTheDoor(browser(), server.url, 'alice');
    // On a slow machine, the page itself is too slow for any real limit.
    let publishes = 0;
    await alice.page.routeWebSocket(/dev/, (socket) => {
      const upstream = socket.connectToServer();
      socket.onMessage((frame) => {
        const { action, id } = JSON.parse(String(frame));
        if (action === 'publish') publishes += 1;
        if (action === 'publish' && publishes % 3 === 0) socket.send(slowDown(id));
        else upstream.send(frame);
      });
    });
    await alice.page.reload();
    await alice.enters();
    const words = Array.from({ length: 8 }, (_, index) => `Word ${index + 1}`);

    // The notice disappears by itself, so the wait for it begins first.
    const notice = alice.page.getByText('The server asks to slow down').waitFor();
    for (const word of words) await alice.say(word);
    await notice;
    await alice.sees('Word 8');

    expect(await alice.messages()).toEqual(words);
  });

  it('asks for a token if the server accepts no guests', async () => {
    server = await startChatServer({ AUTH_MODE: 'jwt', AUTH_SECRET: DEVELOPMENT_SECRET });
    alice = await Person.atTheDoor(browser(), server.url, 'alice');
    const { page } = alice;
    const token = await developmentToken({
      userId: 'alice',
      tokenId: 'one',
      issuedAt: Date.now(),
      expiresAt: Date.now() + 3_600_000,
      permissions: ALL_PERMISSIONS,
    });

    await page.getByText('This server asks for tokens').waitFor();
    await page.getByLabel('Token').fill(token);
    await page.getByRole('button', { name: 'Enter' }).click();
    await alice.is('Live');
    await alice.say('With a token');
    await alice.sees('With a token');

    expect(await page.locator('#me').textContent()).toBe('alice');
    expect(await page.evaluate('JSON.stringify({ ...sessionStorage, ...localStorage })')).not.toContain(
      token,
    );
  });
});
