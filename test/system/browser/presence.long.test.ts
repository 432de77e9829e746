import { mkdir } from 'node:fs/promises';
import { afterEach, expect, it } from '@jest/globals';
import { DEVELOPMENT_SECRET, developmentToken } from '../../../src/adapters/jwt/development-token.js';
import { type ChatServer, startChatServer } from './support/chat-server.js';
import { describeInChromium } from './support/chromium.js';
import { contrasts } from './support/contrasts.js';
import { Person } from './support/person.js';

const PHONE = { viewport: { width: 390, height: 780 }, isMobile: true, hasTouch: true };

/** WCAG 2.2, level AA, for text. */
const READABLE = 4.5;

describeInChromium('On the page, people in a room', (browser) => {
  let server: ChatServer;
  let people: Person[];
  afterEach(async () => {
    await Promise.all(people.map((one) => one.leave()));
    await server?.switchboard.stop();
  });

  it('see who is typing until the message arrives, and the status of others', async () => {
    server = await startChatServer({ RATE_LIMIT: 'off' });
    const alice = await Person.inTheLobby(browser(), server.url, 'alice');
    const bob = await Person.inTheLobby(browser(), server.url, 'bob', { ...PHONE, colorScheme: 'dark' });
    people = [alice, bob];
    const shownTo = ({ page }: Person) => page.locator('#typing');
    const ownStatus = ({ page }: Person) => page.getByLabel('Your status in lobby');
    await mkdir('artifacts', { recursive: true });

    await bob.opens(/lobby/);
    await bob.page.getByRole('button', { name: '2 here' }).tap();
    await ownStatus(bob).fill('On the train until noon');
    await ownStatus(bob).press('Enter');
    await alice.page.locator('#members').getByText('On the train until noon').waitFor();
    await alice.page.locator('#message').pressSequentially('Good mor');
    await shownTo(bob).getByText('alice is typing…').waitFor();
    await bob.page.screenshot({ path: 'artifacts/presence-phone.png' });
    expect((await contrasts(bob.page)).filter(({ ratio }) => ratio < READABLE)).toEqual([]);
    expect(await bob.page.evaluate('document.documentElement.scrollWidth')).toBe(390);
    await alice.say('Good morning!');
    await bob.sees('Good morning!');
    expect(await shownTo(bob).textContent()).toBe('');
    await bob.page.locator('#message').pressSequentially('Morn');
    await shownTo(alice).getByText('bob is typing…').waitFor();
    await alice.page.screenshot({ path: 'artifacts/presence.png' });
    expect((await contrasts(alice.page)).filter(({ ratio }) => ratio < READABLE)).toEqual([]);
    expect(await shownTo(bob).textContent()).toBe('');

    await bob.page.reload();
    await bob.page.locator('#state-here', { hasText: 'Live' }).waitFor();
    await alice.page.locator('#members').getByText('On the train until noon').waitFor();
    await bob.page.getByRole('button', { name: '2 here' }).tap();
    await ownStatus(bob).focus();
    // A row above it goes away.
    await alice.leave();
    await bob.page.locator('#members').getByText('alice').waitFor({ state: 'detached' });
    await bob.page.locator('#members input:focus').waitFor();
    expect([...alice.complaints, ...bob.complaints]).toEqual([]);
  });

  it('see no notice when a limit drops a signal, since no message is lost', async () => {
    server = await startChatServer({ RATE_LIMIT: 'off' });
    const alice = await Person.atTheDoor(browser(), server.url, 'alice');
    people = [alice];
    const refusal = { type: 'error', id: null, code: 'rate_limited', message: 'Slow down.', retryable: true };
    await alice.page.routeWebSocket(/dev/, (socket) => {
      const upstream = socket.connectToServer();
      socket.onMessage((frame) => {
        if (JSON.parse(String(frame)).action === 'signal') socket.send(JSON.stringify(refusal));
        else upstream.send(frame);
      });
    });
    await alice.page.reload();
    await alice.enters();
    await alice.page.getByRole('button', { name: 'Show the machinery' }).click();
    await alice.page.locator('#message').pressSequentially('Hi');
    await alice.page.locator('#frames', { hasText: 'rate_limited' }).waitFor();
    await alice.say('Hi');
    await alice.sees('Hi');

    expect(await alice.page.locator('#notice').textContent()).toBe('');
  });

  it('see no errors without the permissions to signal and to see members', async () => {
    server = await startChatServer({
      AUTH_MODE: 'jwt',
      AUTH_SECRET: DEVELOPMENT_SECRET,
      RATE_LIMIT: 'off',
    });
    const alice = await Person.atTheDoor(browser(), server.url, 'alice');
    people = [alice];
    const { page } = alice;
    const token = await developmentToken({
      userId: 'alice',
      tokenId: 'one',
      issuedAt: Date.now(),
      expiresAt: Date.now() + 3_600_000,
      permissions: {
        join: ['*'],
        publish: ['*'],
        signal: [],
        history: ['*'],
        presence: [],
        send: [],
        broadcast: false,
      },
    });
    await page.getByLabel('Token').fill(token);
    await page.getByRole('button', { name: 'Enter' }).click();
    await alice.is('Live');
    const refused = page.locator('#frames', { hasText: 'forbidden' });
    await page.getByRole('button', { name: 'Show the machinery' }).click();
    await page.locator('#message').pressSequentially('Hi');
    await page.locator('#frames', { hasText: '"action":"signal"' }).waitFor();
    await page.locator('#message').press('Enter');
    await alice.sees('Hi');

    expect(await page.locator('#notice').textContent()).toBe('');
    expect(await page.getByLabel('Your status in lobby').count()).toBe(0);
    expect(await page.getByText('You may not see who is here.').count()).toBe(1);
    expect(alice.complaints).toEqual([]);
    // Alone in the room, she is still refused.
    await refused.waitFor();
  });
});
