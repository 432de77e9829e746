import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import type { Dialog } from 'playwright-core';
import { type ChatServer, startChatServer } from './support/chat-server.js';
import { describeInChromium } from './support/chromium.js';
import { Person } from './support/person.js';

describeInChromium('Unsent text', (browser) => {
  let server: ChatServer;
  let alice: Person;
  beforeAll(async () => {
    server = await startChatServer({ RATE_LIMIT: 'off' });
  });
  afterEach(() => alice?.leave());
  afterAll(() => server?.switchboard.stop());

  const box = () => alice.page.locator('#message');
  const dialog = () => alice.page.getByRole('dialog');

  it('arrives once after a reload, even if the ack of the server was lost', async () => {
    alice = await Person.atTheDoor(browser(), server.url, 'alice');
    let isDeaf = true;
    await alice.page.routeWebSocket(/dev/, (socket) => {
      const upstream = socket.connectToServer();
      const unheard = new Set<string>();
      socket.onMessage((frame) => {
        const { action, id } = JSON.parse(String(frame));
        if (action === 'publish' && isDeaf) unheard.add(id);
        upstream.send(frame);
      });
      upstream.onMessage((frame) => {
        if (!unheard.has(JSON.parse(String(frame)).id)) socket.send(frame);
      });
    });
    await alice.page.reload();
    await alice.enters();
    await alice.joins('reload');
    await alice.say('Delivered, but not acked');
    await alice.page.locator('.pending').waitFor();

    isDeaf = false;
    for (let reloads = 0; reloads < 3; reloads += 1) {
      await alice.page.reload();
      await alice.sees('Delivered, but not acked');
      await alice.page.locator('.pending').waitFor({ state: 'detached' });
    }
    expect(await alice.messages()).toEqual(['Delivered, but not acked']);
    expect(await alice.page.getByText('Not sent').count()).toBe(0);
  });

  it('is sent on a plain-http host, where browsers offer less', async () => {
    alice = await Person.atTheDoor(browser(), server.url, 'alice');
    await alice.page.addInitScript(
      'delete Crypto.prototype.randomUUID; delete Navigator.prototype.clipboard',
    );
    await alice.page.reload();
    await alice.enters();
    await alice.say('Over plain http');
    await alice.sees('Over plain http');
    await alice.page.getByRole('button', { name: 'Copy invite link' }).click();
    await alice.page.getByText('The invite link is copied.').waitFor();
    expect(await box().inputValue()).toBe('');
  });

  it('stays in the box if it could not be stored', async () => {
    alice = await Person.inTheLobby(browser(), server.url, 'alice');
    await alice.page.evaluate('crypto.getRandomValues = () => { throw new Error("No random numbers") }');
    await alice.say('Do not lose me');
    await alice.page.getByText('No random numbers').waitFor();

    expect(await box().inputValue()).toBe('Do not lose me');
  });

  it('is not sent by the Enter that ends a composition, in any browser', async () => {
    alice = await Person.inTheLobby(browser(), server.url, 'alice');
    await alice.joins('composition');
    await box().fill('へんかん');
    await box().dispatchEvent('keydown', { key: 'Enter', keyCode: 229 });
    await box().dispatchEvent('keydown', { key: 'Enter', keyCode: 13, isComposing: true });
    expect(await box().inputValue()).toBe('へんかん');

    await box().press('Enter');
    await alice.sees('へんかん');
    expect(await alice.messages()).toEqual(['へんかん']);
  });

  it('is there again after a reload', async () => {
    alice = await Person.inTheLobby(browser(), server.url, 'alice');
    await box().fill('Half a sent');
    await alice.joins('elsewhere');
    await box().fill('Another half');
    await alice.page.reload();
    await alice.is('Live');

    expect(await box().inputValue()).toBe('Another half');
    await alice.opens(/lobby/);
    expect(await box().inputValue()).toBe('Half a sent');
  });

  it('makes the browser ask before the tab is closed, and only then', async () => {
    alice = await Person.inTheLobby(browser(), server.url, 'alice');
    const closing = async () => {
      const asked = new Promise<Dialog>((resolve) => alice.page.once('dialog', resolve));
      await alice.page.close({ runBeforeUnload: true });
      return asked;
    };
    await box().pressSequentially('Unsent');
    const question = await closing();
    expect(question.type()).toBe('beforeunload');
    await question.dismiss();

    await box().press('Enter');
    await alice.sees('Unsent');
    const closed = alice.page.waitForEvent('close');
    await alice.page.close({ runBeforeUnload: true });
    await closed;
  });

  it('makes the page ask before the name is changed or the room is left', async () => {
    alice = await Person.inTheLobby(browser(), server.url, 'alice');
    await box().fill('Unsent');
    await alice.page.getByRole('button', { name: 'Change name' }).click();
    await dialog().getByText('One text has not been sent. Leave and lose it?').waitFor();
    await alice.page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });

    await alice.page.locator('#leave').click();
    await dialog().getByText('You have unsent text in lobby. Leave and lose it?').waitFor();
    await dialog().getByRole('button', { name: 'Stay' }).click();
    expect(await box().inputValue()).toBe('Unsent');

    await alice.page.getByRole('button', { name: 'Change name' }).click();
    await dialog().getByRole('button', { name: 'Leave' }).click();
    await alice.page.getByLabel('Your name').waitFor();
    await alice.enters();
    expect(await box().inputValue()).toBe('');
  });

  it('lets the user leave even if the browser forbids storage', async () => {
    alice = await Person.atTheDoor(browser(), server.url, 'alice');
    await alice.page.addInitScript(
      `Object.defineProperty(window, 'sessionStorage', { get() { throw new DOMException('No', 'SecurityError') } })`,
    );
    await alice.page.reload();
    await alice.enters();
    await alice.page.getByRole('button', { name: 'Change name' }).click();
    await alice.page.getByLabel('Your name').waitFor();

    expect(alice.complaints).toEqual([]);
  });
});
