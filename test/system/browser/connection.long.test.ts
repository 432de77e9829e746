import { afterEach, expect, it } from '@jest/globals';
import { DEVELOPMENT_SECRET, developmentToken } from '../../../src/adapters/jwt/development-token.js';
import { ALL_PERMISSIONS } from '../../../src/domain/access/permissions.js';
import { type ChatServer, startChatServer } from './support/chat-server.js';
import { describeInChromium } from './support/chromium.js';
import { Person } from './support/person.js';

const PHONE = { viewport: { width: 390, height: 780 }, isMobile: true, hasTouch: true };
const HOUR_MS = 3_600_000;

const token = (tokenId: string, hours: number, secret = DEVELOPMENT_SECRET) =>
  developmentToken({
    userId: 'alice',
    tokenId,
    issuedAt: Date.now(),
    expiresAt: Date.now() + hours * HOUR_MS,
    permissions: ALL_PERMISSIONS,
    secret,
  });

describeInChromium('The connection', (browser) => {
  let server: ChatServer;
  let alice: Person;
  afterEach(async () => {
    await alice?.leave();
    await server?.switchboard.stop();
  });

  const entersWith = async (value: string) => {
    await alice.page.getByLabel('Token').fill(value);
    await alice.page.getByLabel('Token').press('Enter');
  };

  it('tells its state inside a room on a phone, and tries at once when asked to', async () => {
    server = await startChatServer();
    alice = await Person.inTheLobby(browser(), server.url, 'alice', PHONE);
    const { page } = alice;
    let isDown = false;
    await page.routeWebSocket(/dev/, (socket) => {
      if (isDown) void socket.close({ code: 1006 }).catch(() => {});
      else socket.connectToServer();
    });
    await page.reload();
    await alice.is('Live');
    await alice.opens(/lobby/);
    await page.locator('#conversation').getByText('Live').waitFor();

    // From here time stands still, so only the button tries again.
    await page.clock.install();
    isDown = true;
    server.switchboard.gateway.breakSockets(1011);
    await page.clock.runFor(600_000);
    await page
      .locator('#connection')
      .getByText(/Trying again in \d+ s\./)
      .waitFor();
    await page.locator('#conversation').getByText('Offline').waitFor();

    isDown = false;
    // A click waits for frames, which the page's clock holds back, and the page's own attempt could come first.
    await page.getByRole('button', { name: 'Try now' }).dispatchEvent('click');
    await page.locator('#conversation').getByText('Live').waitFor();
    await page.locator('#connection').waitFor({ state: 'hidden' });
  });

  it('says that the page is offline', async () => {
    server = await startChatServer();
    alice = await Person.inTheLobby(browser(), server.url, 'alice');
    await alice.context.setOffline(true);

    await alice.page.locator('#connection').getByText("You're offline.").waitFor();
  });

  it('tells what a refusal may mean, and asks for another token', async () => {
    server = await startChatServer({ AUTH_MODE: 'jwt', AUTH_SECRET: DEVELOPMENT_SECRET });
    alice = await Person.atTheDoor(browser(), server.url, 'alice');
    await entersWith(await token('forged', 1, 'another secret that is as long as it has to be'));
    const line = alice.page.locator('#connection');
    await line.getByText('The token may be wrong or expired, you may have ten tabs open').waitFor();

    await line.getByRole('button', { name: 'New token' }).click();
    await alice.page.getByText('Paste a new token to connect again.').waitFor();
    await entersWith(await token('good', 1));
    await alice.is('Live');
  });

  it('asks for a new token when the old one has expired, and keeps the rest', async () => {
    server = await startChatServer({ AUTH_MODE: 'jwt', AUTH_SECRET: DEVELOPMENT_SECRET });
    alice = await Person.atTheDoor(browser(), server.url, 'alice');
    await entersWith(await token('first', 1));
    await alice.is('Live');
    await alice.page.locator('#message').fill('Half a sent');
    await alice.page.clock.setSystemTime(Date.now() + 2 * HOUR_MS);
    server.switchboard.gateway.breakSockets(1011);
    await alice.page.getByText('Your token has expired. Paste a new one to go on.').waitFor();

    await entersWith(await token('second', 4));
    await alice.is('Live');
    expect(await alice.page.locator('#message').inputValue()).toBe('Half a sent');
  });
});
