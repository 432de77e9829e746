import { mkdir } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type ChatServer, startChatServer } from './support/chat-server.js';
import { describeInChromium } from './support/chromium.js';
import { Person } from './support/person.js';

describeInChromium('Two people on the page', (browser) => {
  let server: ChatServer;
  let alice: Person;
  let bob: Person;
  beforeAll(async () => {
    server = await startChatServer();
    alice = await Person.inTheLobby(browser(), server.url, 'alice');
    bob = await Person.inTheLobby(browser(), server.url, 'bob', { colorScheme: 'dark' });
  });
  afterAll(async () => {
    await Promise.all([alice?.leave(), bob?.leave()]);
    await server?.switchboard.stop();
  });

  it('read all messages once and in the same order', async () => {
    await alice.say('Good morning!');
    await bob.sees('Good morning!');
    await bob.say('Morning. All quiet?');
    await alice.sees('Morning. All quiet?');

    for (const person of [alice, bob])
      expect(await person.messages()).toEqual(['Good morning!', 'Morning. All quiet?']);
    expect(await alice.page.locator('.message time').allTextContents()).toEqual([
      expect.stringMatching(/^\d\d:\d\d$/),
      expect.stringMatching(/^\d\d:\d\d$/),
    ]);
  });

  it('see who is in the room, and who has left', async () => {
    const members = alice.page.locator('#members li');
    const carol = await Person.inTheLobby(browser(), server.url, 'carol');
    await members.getByText('carol').waitFor();

    expect(await members.locator('.avatar + *').allTextContents()).toEqual(['alice (you)', 'bob', 'carol']);

    await carol.leave();
    await members.getByText('carol').waitFor({ state: 'detached' });
  });

  it('write direct messages, which are unread until opened and still there after a reload', async () => {
    await bob.page.locator('#members').getByRole('link', { name: 'alice' }).click();
    await bob.say('Psst, lunch at one?');
    const unread = alice.page.locator('#direct li', { hasText: 'bob' }).locator('.unread');
    await unread.waitFor();

    expect(await unread.textContent()).toBe('1 unread');
    expect(await alice.page.title()).toBe('(1) lobby · Switchboard');

    await alice.opens(/bob/);
    await alice.sees('Psst, lunch at one?');
    await unread.waitFor({ state: 'detached' });
    await alice.say('Gladly');
    await bob.sees('Gladly');
    await alice.page.reload();
    await alice.sees('Gladly');
    await alice.is('Live');

    expect(await alice.messages()).toEqual(['Psst, lunch at one?', 'Gladly']);
    expect(await alice.page.locator('#direct .unread').count()).toBe(0);
    await alice.opens(/lobby/);
    await bob.opens(/lobby/);
  });

  it('see how much they have not read in other rooms, even after a reload', async () => {
    await alice.joins('plans');
    await bob.joins('plans');
    await alice.opens(/lobby/);
    await bob.say('First plan');
    await bob.say('Second plan');
    const unread = alice.page.locator('#rooms li', { hasText: 'plans' }).locator('.unread');
    await unread.getByText('2').waitFor();
    await alice.page.reload();
    await bob.say('Third plan');
    await unread.getByText('3').waitFor();

    await alice.opens(/plans/);
    await alice.sees('Third plan');

    expect(await alice.messages()).toEqual(['First plan', 'Second plan', 'Third plan']);
    await unread.waitFor({ state: 'detached' });
    await alice.opens(/lobby/);
    await bob.opens(/lobby/);
  });

  it('receive broadcasts', async () => {
    await bob.opens('Everyone');
    await bob.say('Maintenance at ten');
    await alice.page.locator('#rooms li', { hasText: 'Everyone' }).locator('.unread').waitFor();
    await alice.opens(/Everyone/);
    await alice.sees('Maintenance at ten');

    await alice.opens(/lobby/);
    await bob.opens(/lobby/);
  });

  it('see every message once when the server broke all connections', async () => {
    await alice.joins('broken');
    await bob.joins('broken');
    const words = ['Before', 'While it was away', 'After'];

    await alice.say('Before');
    await bob.sees('Before');
    server.switchboard.gateway.breakSockets(1011);
    await alice.say('While it was away');
    await bob.sees('While it was away');
    await bob.say('After');
    await alice.sees('After');

    for (const person of [alice, bob]) expect(await person.messages()).toEqual(words);
    await alice.opens(/lobby/);
    await bob.opens(/lobby/);
  });

  it('leave screenshots behind', async () => {
    await mkdir('artifacts', { recursive: true });
    for (const { name, page } of [alice, bob]) await page.screenshot({ path: `artifacts/chat-${name}.png` });
  });

  it('cause no error in their browsers', () => {
    expect([...alice.complaints, ...bob.complaints]).toEqual([]);
  });
});
