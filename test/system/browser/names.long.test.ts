import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type ChatServer, startChatServer } from './support/chat-server.js';
import { describeInChromium } from './support/chromium.js';
import { Person } from './support/person.js';

const URL_NAME = 'https://issuer.example/users/42?a=<b>&c=[d]';

describeInChromium('Names that mean something elsewhere', (browser) => {
  let server: ChatServer;
  let proto: Person;
  let url: Person;
  beforeAll(async () => {
    server = await startChatServer();
    proto = await Person.inTheLobby(browser(), server.url, '__proto__');
    url = await Person.inTheLobby(browser(), server.url, URL_NAME);
  });
  afterAll(async () => {
    await Promise.all([proto?.leave(), url?.leave()]);
    await server?.switchboard.stop();
  });

  it('are shown as they are, and do not trouble the page', async () => {
    await proto.say('Hello from the prototype');
    await url.sees('Hello from the prototype');

    await proto.page.locator('#members').getByText(URL_NAME).waitFor();
    expect(await url.page.locator('#members .avatar + *').allTextContents()).toEqual(
      expect.arrayContaining(['__proto__', `${URL_NAME} (you)`]),
    );
  });

  it('lead to direct messages, which are still there after a reload', async () => {
    await proto.page.locator('#members').getByText(URL_NAME).click();
    await proto.say('Psst');
    await url.page.locator('#direct li', { hasText: '__proto__' }).locator('a').click();
    await url.sees('Psst');
    await url.say('Yes?');
    await proto.sees('Yes?');

    await proto.page.reload();
    await proto.sees('Yes?');

    expect(await proto.messages()).toEqual(['Psst', 'Yes?']);
    expect(await proto.page.locator('#title').textContent()).toBe(URL_NAME);
  });

  it('can be names of rooms', async () => {
    for (const room of ['constructor', 'toString', 'hasOwnProperty']) {
      await proto.joins(room);
      await url.joins(room);
      await url.say(`In ${room}`);
      await proto.sees(`In ${room}`);
    }
    await proto.page.reload();
    await proto.opens('constructor');
    await proto.sees('In constructor');
  });

  it('can be typed to write to a person', async () => {
    await url.page.getByLabel('Name of a person to write to').fill('__defineGetter__');
    await url.page.getByRole('button', { name: 'Write' }).click();
    await url.page.getByRole('heading', { name: '__defineGetter__' }).waitFor();
    await url.say('Anyone?');
    await url.sees('Anyone?');
  });

  it('may be as long as they can be, on a phone', async () => {
    const long = await Person.inTheLobby(browser(), server.url, '~'.repeat(256), {
      viewport: { width: 390, height: 780 },
      isMobile: true,
    });
    const width = () => long.page.evaluate('document.documentElement.scrollWidth');
    expect(await width()).toBe(390);
    await long.opens('lobby');
    await long.say('Hello from far away');
    await long.sees('Hello from far away');

    await long.page.locator('#people-toggle').click();
    await long.page.locator('#members li').first().waitFor();

    expect(await width()).toBe(390);
    await long.leave();
    expect(long.complaints).toEqual([]);
  });

  it('make no errors', () => {
    expect([...proto.complaints, ...url.complaints]).toEqual([]);
  });
});
