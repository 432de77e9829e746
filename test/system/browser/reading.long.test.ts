import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { WebSocket } from 'ws';
import { createClient } from '../../../client/src/switchboard-client.js';
import { type ChatServer, startChatServer } from './support/chat-server.js';
import { describeInChromium } from './support/chromium.js';
import { Person } from './support/person.js';

const MARKUP = [
  '<script>window.wasHit = true</script>',
  '<img src="x" onerror="window.wasHit = true">',
  '<b>bold</b> &amp; <a href="javascript:window.wasHit = true">link</a>',
];

describeInChromium('A message', (browser) => {
  let server: ChatServer;
  let alice: Person;
  beforeAll(async () => {
    server = await startChatServer({ RATE_LIMIT: 'off' });
    alice = await Person.inTheLobby(browser(), server.url, 'alice');
  });
  afterAll(async () => {
    await alice?.leave();
    await server?.switchboard.stop();
  });

  const inRoom = async (
    name: string,
    publish: (say: (data: unknown) => Promise<unknown>) => Promise<void>,
  ) => {
    const client = createClient(server.switchboard.gateway.url, { userId: 'zoe', WebSocket });
    const room = client.room(name);
    await room.join();
    await publish((data) => room.publish(data));
    await client.close();
  };

  it('is shown as text, whatever markup it contains', async () => {
    for (const text of MARKUP) await alice.say(text);
    await alice.sees(MARKUP.at(-1) ?? '');

    expect(await alice.messages()).toEqual(MARKUP);
    expect(await alice.page.locator('#messages :is(script, img, b, a)').count()).toBe(0);
    expect(await alice.page.evaluate('window.wasHit')).toBeUndefined();
  });

  it('is shown as JSON if it is not text', async () => {
    await alice.joins('odd');
    await inRoom('odd', async (say) => {
      for (const data of ['plain', { text: ['no text'] }, null, 7]) await say(data);
    });
    await alice.sees('7');

    expect(await alice.messages()).toEqual(['plain', '{"text":["no text"]}', 'null', '7']);
  });

  it('loads as the reader scrolls back, and keeps its place', async () => {
    await inRoom('long', async (say) => {
      for (let index = 1; index <= 130; index += 1) await say({ text: `Message ${index}` });
    });
    await alice.joins('long');
    await alice.sees('Message 130');
    await alice.sees('Message 81');
    expect(await alice.messages()).toHaveLength(50);

    const read = alice.page.locator('.text').getByText('Message 90', { exact: true });
    // In one call, before anything that this loads can arrive.
    const before = await read.evaluate((element) => {
      const scroller = element.closest('#scroller');
      if (scroller) scroller.scrollTop = 250;
      return element.getBoundingClientRect().top;
    });
    await alice.sees('Message 31');
    const after = await read.evaluate((element) => element.getBoundingClientRect().top);
    expect(Math.abs(after - before)).toBeLessThan(2);

    await alice.page.locator('#scroller').focus();
    await alice.page.keyboard.press('Home');
    await alice.sees('Message 1');
    const all = Array.from({ length: 130 }, (_, index) => `Message ${index + 1}`);
    expect(await alice.messages()).toEqual(all);
  });

  it('is counted while the reader is further up, and a button leads to it', async () => {
    const jump = alice.page.locator('#jump');
    await inRoom('long', async (say) => {
      await say({ text: 'Something new' });
    });
    await jump.getByText('1 new message ↓').waitFor();

    await jump.click();
    await jump.waitFor({ state: 'hidden' });

    expect(await alice.page.locator('#rooms .unread').count()).toBe(0);
    expect(await alice.page.locator('.divider.new + .message .text').textContent()).toBe('Something new');
  });

  it('that is too long is not sent: the page says so, and keeps the text to be shortened', async () => {
    await alice.joins('strict');
    await alice.say('x'.repeat(17_000));
    await alice.page.locator('#notice').getByText('too long').waitFor();

    expect(await alice.page.locator('#message').inputValue()).toHaveLength(17_000);
    expect(await alice.messages()).toEqual([]);

    await alice.say('Short');
    await alice.sees('Short');
    expect(await alice.messages()).toEqual(['Short']);
  });
});
