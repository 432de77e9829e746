import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type BuildContext, context } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { type ChatServer, startChatServer } from '../browser/support/chat-server.js';
import { describeInChromium } from '../browser/support/chromium.js';

// Linux answers on all of 127.0.0.0/8; other systems only on 127.0.0.1.
const host = process.platform === 'linux' ? '127.0.0.2' : '127.0.0.1';

const SETTINGS: [name: string, listening: Parameters<typeof startChatServer>[1]][] = [
  ['on its own', {}],
  ['with DEV_ORIGINS', { origins: ['https://app.example'] }],
  ['with HOST', { host }],
];

const liveCounter = (listening: (typeof SETTINGS)[number][1]) => (browser: () => Browser) => {
  let server: ChatServer;
  let site: BuildContext;
  let url: string;
  beforeAll(async () => {
    server = await startChatServer({}, listening);
    site = await context({
      entryPoints: ['examples/counter/counter.ts'],
      bundle: true,
      format: 'esm',
      outdir: 'examples/counter/dist',
      logLevel: 'silent',
    });
    const { port } = await site.serve({ host: '127.0.0.1', port: 0, servedir: 'examples/counter' });
    url = `http://127.0.0.1:${port}/?socket=${encodeURIComponent(server.switchboard.gateway.url)}`;
  });
  afterAll(async () => {
    await site?.dispose();
    await server?.switchboard.stop();
  });

  const open = async (): Promise<Page> => {
    const page = await browser().newPage();
    await page.goto(url);
    await page.locator('#state', { hasText: 'live' }).waitFor();
    return page;
  };
  const shows = (page: Page, count: number) =>
    page.locator('#count').getByText(String(count), { exact: true }).waitFor();

  it('counts every press of every user, and knows the number when it comes later', async () => {
    const [one, two] = [await open(), await open()];
    await shows(one, 0);
    for (const page of [one, two, one]) await page.getByRole('button', { name: 'One more' }).click();
    const late = await open();

    for (const page of [one, two, late]) await shows(page, 3);
    expect(await late.locator('#count').textContent()).toBe('3');
  });
};

for (const [name, listening] of SETTINGS)
  describeInChromium(`The live counter, ${name}`, liveCounter(listening));
