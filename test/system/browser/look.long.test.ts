import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { WebSocket } from 'ws';
import { type Client, createClient } from '../../../client/src/switchboard-client.js';
import { type ChatServer, startChatServer } from './support/chat-server.js';
import { describeInChromium } from './support/chromium.js';
import { contrasts } from './support/contrasts.js';
import { Person } from './support/person.js';

/** WCAG 2.2, level AA, for text. */
const READABLE = 4.5;

const backgroundOf = (element: object) => {
  const { getComputedStyle } = globalThis as unknown as {
    getComputedStyle(element: object): { backgroundColor: string };
  };
  return getComputedStyle(element).backgroundColor;
};

describeInChromium('The look of the page', (browser) => {
  let server: ChatServer;
  let alice: Person;
  let others: Client[];
  beforeAll(async () => {
    server = await startChatServer({ RATE_LIMIT: 'off' });
    const { url } = server.switchboard.gateway;
    const names = Array.from({ length: 102 }, (_, index) => `guest-${String(index).padStart(3, '0')}`);
    // The first two are equal to the usual hash of strings.
    others = ['Aa', 'BB', ...names].map((userId) => createClient(url, { userId, WebSocket }));
  });
  afterAll(async () => {
    await Promise.all(others.map((other) => other.close()));
    await server?.switchboard.stop();
  });

  it.each(['light', 'dark'] as const)('is readable everywhere in %s', async (colorScheme) => {
    alice = await Person.atTheDoor(browser(), server.url, 'alice', { colorScheme });
    const { page } = alice;
    const faint = async () => (await contrasts(page)).filter(({ ratio }) => ratio < READABLE);
    expect(await faint()).toEqual([]);

    await alice.enters();
    await alice.say('See https://example.com/');
    await alice.sees('See https://example.com/');
    await page.getByRole('button', { name: 'Show the machinery' }).click();
    await page.locator('#frames summary').first().click();
    expect((await contrasts(page)).map(({ text }) => text)).toEqual(
      expect.arrayContaining(['Live', 'lobby']),
    );
    expect(await faint()).toEqual([]);

    await page.getByRole('button', { name: 'Stay offline' }).click();
    await page.locator('#connection').getByText("You're offline.").waitFor();
    await alice.say('Later');
    await page.getByText('Waits for the connection').waitFor();
    expect(await faint()).toEqual([]);
    await alice.leave();
  });

  it('has links that are links, and leave the page behind', async () => {
    alice = await Person.inTheLobby(browser(), server.url, 'alice');
    await alice.joins('links');
    await alice.say('Read https://example.com/a?b, not javascript:alert(1).');
    const link = alice.page.locator('#messages a');
    await link.waitFor();

    expect(await link.count()).toBe(1);
    expect(await link.textContent()).toBe('https://example.com/a?b');
    expect(await link.getAttribute('rel')).toBe('noopener');
    expect(await link.getAttribute('target')).toBe('_blank');
    await alice.leave();
  });

  it('has an invite link for a room, and a line for each day as wide as the column', async () => {
    alice = await Person.atTheDoor(browser(), server.url, 'alice', {
      viewport: { width: 1600, height: 800 },
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    const { page } = alice;
    await alice.enters();
    await alice.say('Today');
    await page.getByRole('button', { name: 'Copy invite link' }).click();
    await page.getByText('The invite link is copied.').waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(`${server.url}#lobby`);

    const list = await page.locator('#messages').boundingBox();
    const column = await page.locator('#scroller').evaluate((element) => element.clientWidth);
    expect(list?.width).toBeGreaterThan(column - 64);
    expect((await page.locator('.divider').first().boundingBox())?.width).toBe(list?.width);
    await alice.leave();
  });

  it('gives everyone in a room a colour of their own', async () => {
    for (const other of others.slice(0, 11)) await other.room('dozen').join();
    alice = await Person.inTheLobby(browser(), server.url, 'zoe');
    await alice.joins('dozen');
    const faces = alice.page.locator('#members .avatar');
    await faces.nth(11).waitFor();
    const colours = await Promise.all((await faces.all()).map((face) => face.evaluate(backgroundOf)));

    expect(new Set(colours).size).toBe(12);
    await alice.leave();
  });

  it('names the user among more than a hundred people', async () => {
    for (const other of others) await other.room('crowd').join();
    alice = await Person.inTheLobby(browser(), server.url, 'zoe');
    await alice.joins('crowd');

    await alice.page.getByText('The first hundred; there are more.').waitFor();
    expect(await alice.page.locator('#members').getByText('zoe (you)').count()).toBe(1);

    // The server takes neither states nor signals here.
    await alice.page.locator('#message').pressSequentially('Hi');
    await alice.page.locator('#message').press('Enter');
    await alice.sees('Hi');
    expect(await alice.page.getByLabel('Your status in crowd').isVisible()).toBe(false);
    expect(await alice.page.locator('#notice').textContent()).toBe('');
    expect(alice.complaints).toEqual([]);
    await alice.leave();
  });
});
