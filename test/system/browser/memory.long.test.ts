import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type ChatServer, startChatServer } from './support/chat-server.js';
import { describeInChromium } from './support/chromium.js';
import { Person } from './support/person.js';

describeInChromium('What a tab remembers', (browser) => {
  let server: ChatServer;
  beforeAll(async () => {
    server = await startChatServer();
  });
  afterAll(() => server?.switchboard.stop());

  const openWith = async (kept: string) => {
    const alice = await Person.atTheDoor(browser(), server.url, 'alice');
    await alice.page.addInitScript(`sessionStorage.setItem('switchboard', ${JSON.stringify(kept)})`);
    await alice.page.reload();
    return alice;
  };

  it.each([
    '{"name":"alice","chat":{"cursors":{"lobby":5}}}',
    '{"name":"alice","chat":{"conversations":5}}',
    '{"name":"alice","chat":{"conversations":[{}]}}',
    '{"name":"alice","chat":{"conversations":[{"id":"lobby","outbox":5}]}}',
  ])('is left aside where the page does not understand it: %s', async (kept) => {
    const alice = await openWith(kept);

    await alice.is('Live');
    await alice.say(kept);
    await alice.sees(kept);

    expect(alice.complaints).toEqual([]);
    await alice.leave();
  });

  it.each(['{', '5', '{"name":"not one"}', '{"name":5}'])(
    'is no name, so the page asks for one: %s',
    async (kept) => {
      const alice = await openWith(kept);

      await alice.enters();

      expect(alice.complaints).toEqual([]);
      await alice.leave();
    },
  );
});
