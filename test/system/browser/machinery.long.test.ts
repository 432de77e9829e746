import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type ChatServer, startChatServer } from './support/chat-server.js';
import { describeInChromium } from './support/chromium.js';
import { Person } from './support/person.js';

describeInChromium('The machinery', (browser) => {
  let server: ChatServer;
  let alice: Person;
  beforeAll(async () => {
    server = await startChatServer();
    alice = await Person.inTheLobby(browser(), server.url, 'alice');
    await alice.say('A needle');
    await alice.sees('A needle');
    await alice.page.getByRole('button', { name: 'Show the machinery' }).click();
  });
  afterAll(async () => {
    await alice?.leave();
    await server?.switchboard.stop();
  });

  it('shows how long the server takes to answer', async () => {
    const latency = alice.page.locator('#counters div', { hasText: 'Ack latency' });
    await latency.getByText(/^[\d.]+ ms \(median [\d.]+, slowest [\d.]+\)$/).waitFor();
    await alice.page
      .locator('#frames .ms', { hasText: /^[\d.]+ ms$/ })
      .first()
      .waitFor();
  });

  it('shows the bill of the session while it lasts', async () => {
    const messages = alice.page.locator('#bill-lines tr', { hasText: 'messages of 32 KB' });
    await alice.page.locator('#bill-total', { hasText: /^\$0\.\d*[1-9]/ }).waitFor();
    await alice.page.locator('#bill summary').click();
    await messages.waitFor();
    const amount = async () => Number(await messages.locator('td').nth(1).textContent());
    const before = await amount();

    await alice.say('Some hay');

    // In, ack and push.
    while ((await amount()) < before + 3) await alice.page.waitForTimeout(50);
    await alice.page.locator('#bill summary').click();
  });

  it('shows only the filtered frames', async () => {
    const { page } = alice;
    const frames = page.locator('#frames li');
    await page.getByLabel('Which frames').selectOption('Sent');
    await page.getByLabel('Text in the frames').fill('NEEDLE');
    const texts = await frames.allTextContents();
    expect(texts).toHaveLength(1);
    expect(texts[0]).toContain('"action":"publish"');

    await page.getByLabel('Text in the frames').fill('haystack');
    await page.getByText('No frame matches the filter.').waitFor();
    await page.getByLabel('Text in the frames').fill('');
    await page.getByLabel('Which frames').selectOption('All frames');
    await frames.getByText('Connection 1 is open').waitFor();
  });

  it('opens a frame to all of its JSON', async () => {
    const frame = alice.page.locator('#frames li', { hasText: 'A needle' }).first();
    await frame.locator('summary').click();

    expect(JSON.parse(String(await frame.locator('pre').textContent()))).toMatchObject({
      data: { text: 'A needle' },
    });
  });
});
