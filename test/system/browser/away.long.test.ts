import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { type ChatServer, startChatServer } from './support/chat-server.js';
import { describeInChromium } from './support/chromium.js';
import { Person } from './support/person.js';

const WORDS = Array.from({ length: 12 }, (_, index) => `Word ${index + 1}`);

describeInChromium('A person whose connection is lost', (browser) => {
  let server: ChatServer;
  let alice: Person;
  let bob: Person;
  beforeAll(async () => {
    server = await startChatServer({ RATE_LIMIT: 'off' });
    alice = await Person.inTheLobby(browser(), server.url, 'alice');
    bob = await Person.inTheLobby(browser(), server.url, 'bob');
  });
  afterAll(async () => {
    await Promise.all([alice?.leave(), bob?.leave()]);
    await server?.switchboard.stop();
  });
  let room = 0;
  beforeEach(async () => {
    room += 1;
    for (const person of [alice, bob]) await person.joins(`room-${room}`);
  });

  const aliceSays = async (words: readonly string[]) => {
    for (const word of words) await alice.say(word);
    await alice.sees(words.at(-1) ?? '');
  };

  it('sees every message once when the network is back, and sends their own messages once', async () => {
    await bob.say('See you in a moment');
    await alice.sees('See you in a moment');

    await bob.context.setOffline(true);
    await bob.is('Offline: no network');
    await aliceSays(WORDS);
    await bob.say('I am in a tunnel');
    await bob.page.getByText('Waits for the connection').waitFor();
    expect(await bob.messages()).toEqual(['See you in a moment']);
    await bob.context.setOffline(false);
    await bob.is('Live');
    await bob.page.getByText(/You were away \d+ (s|min): 12 messages caught up, none missing\./).waitFor();
    await alice.sees('I am in a tunnel');
    await bob.sees('I am in a tunnel');

    const all = ['See you in a moment', ...WORDS, 'I am in a tunnel'];
    expect(await bob.messages()).toEqual(all);
    expect(await alice.messages()).toEqual(all);
    expect(await bob.page.locator('.pending').count()).toBe(0);
  });

  it('sees every message once when the page itself had cut the connection', async () => {
    await bob.page.getByRole('button', { name: 'Show the machinery' }).click();
    await bob.page.getByRole('button', { name: 'Stay offline' }).click();
    await bob.is('Offline');
    await aliceSays(WORDS);
    await bob.page.getByRole('button', { name: 'Plug in again' }).click();
    await bob.sees('Word 12');

    expect(await bob.messages()).toEqual(WORDS);
    const frames = await bob.page.locator('#frames').textContent();
    expect(frames).toContain('Unplugged');
    expect(frames).toContain('"action":"hello"');
    await bob.page.getByRole('button', { name: 'Cut the connection' }).click();
    await bob.page.locator('#frames', { hasText: /ended.*is open.*is open/s }).waitFor();
    await bob.page.getByRole('button', { name: 'Close' }).click();
  });

  it('learns after a reload how much was caught up', async () => {
    await bob.page.goto('about:blank');
    await aliceSays(WORDS);
    await bob.page.goBack();
    await bob.page.getByText(/You were away \d+ (s|min): 12 messages caught up, none missing\./).waitFor();
    await bob.sees('Word 12');

    expect(await bob.messages()).toEqual(WORDS);
  });

  it('sees every message once when the server broke all connections', async () => {
    await aliceSays(WORDS.slice(0, 6));
    server.switchboard.gateway.breakSockets(1011);
    await aliceSays(WORDS.slice(6));
    await bob.sees('Word 12');

    for (const person of [alice, bob]) expect(await person.messages()).toEqual(WORDS);
  });
});
