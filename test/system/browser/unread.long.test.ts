import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { WebSocket } from 'ws';
import { type Client, createClient } from '../../../client/src/switchboard-client.js';
import { type ChatServer, startChatServer } from './support/chat-server.js';
import { describeInChromium } from './support/chromium.js';
import { Person } from './support/person.js';

describeInChromium('What is unread', (browser) => {
  let server: ChatServer;
  let alice: Person;
  let bob: Client;
  let carol: Client;
  beforeAll(async () => {
    server = await startChatServer({ RATE_LIMIT: 'off' });
    const { url } = server.switchboard.gateway;
    bob = createClient(url, { userId: 'bob', WebSocket });
    carol = createClient(url, { userId: 'carol', WebSocket });
  });
  afterAll(async () => {
    await Promise.all([alice?.leave(), bob?.close(), carol?.close()]);
    await server?.switchboard.stop();
  });

  it('is found even after many later letters', async () => {
    await carol.send('alice', { text: 'A letter from long ago' });
    for (let index = 1; index <= 130; index += 1) await bob.send('alice', { text: `Letter ${index}` });

    alice = await Person.inTheLobby(browser(), server.url, 'alice');
    const unread = (name: string) => alice.page.locator('#direct li', { hasText: name }).locator('.unread');
    await unread('carol').getByText('1 unread').waitFor();
    await unread('bob').getByText('130 unread').waitFor();

    await alice.opens(/carol/);
    await alice.sees('A letter from long ago');
    await alice.page.reload();
    await alice.sees('A letter from long ago');
    expect(await alice.messages()).toEqual(['A letter from long ago']);
  });

  it('begins at "New" and stays unread until it was seen, in a room not opened since a reload', async () => {
    await alice.joins('plans');
    await alice.say('My plan');
    await alice.sees('My plan');
    await alice.opens(/lobby/);
    const room = bob.room('plans');
    await room.join();
    await room.publish({ text: 'Bob 1' });
    const unread = alice.page.locator('#rooms li', { hasText: 'plans' }).locator('.unread');
    await unread.getByText('1 unread').waitFor();
    await alice.page.reload();
    for (let index = 2; index <= 120; index += 1) await room.publish({ text: `Bob ${index}` });
    await unread.getByText('120 unread').waitFor();

    // Received messages stay in the page's memory only until the next reload.
    await alice.page.reload();
    await alice.is('Live');
    await alice.opens(/plans/);
    const divider = alice.page.locator('.divider.new');
    await divider.waitFor();
    expect(await alice.page.locator('.divider.new + .message .text').textContent()).toBe('Bob 1');
    const [at, around] = await Promise.all([
      divider.boundingBox(),
      alice.page.locator('#scroller').boundingBox(),
    ]);
    expect(at?.y).toBeGreaterThanOrEqual(around?.y ?? Number.NaN);
    expect(at?.y).toBeLessThan((around?.y ?? 0) + (around?.height ?? 0));
    expect(await unread.textContent()).toBe('120 unread');

    await alice.page.locator('#scroller').press('End');
    await unread.waitFor({ state: 'detached' });
  });
});
