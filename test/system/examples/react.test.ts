import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { WebSocket } from 'ws';
import { createClient } from '../../../client/src/switchboard-client.js';
import { type ChatServer, startChatServer } from '../browser/support/chat-server.js';
import { describeInChromium } from '../browser/support/chromium.js';

/** Like React during development: StrictMode mounts everything twice. */
const DEVELOPMENT = { ...process.env, NODE_ENV: 'development', NODE_OPTIONS: '' };

const serve = async (folder: string): Promise<Server> => {
  const site = createServer(async ({ url = '/' }, response) => {
    const { pathname } = new URL(url, 'http://site');
    const file = pathname === '/' ? '/index.html' : pathname;
    response.setHeader('content-type', file.endsWith('.js') ? 'text/javascript' : 'text/html');
    response.end(await readFile(join(folder, file)).catch(() => ''));
  });
  await new Promise<void>((resolve) => {
    site.listen(0, '127.0.0.1', resolve);
  });
  return site;
};

describeInChromium('The example in React, built with Vite', (browser) => {
  let server: ChatServer;
  let folder: string;
  let site: Server;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'switchboard-react-'));
    const build = ['build', 'examples/react', '--mode', 'development', '--outDir', folder, '--emptyOutDir'];
    await promisify(execFile)(process.execPath, ['node_modules/vite/bin/vite.js', ...build], {
      env: DEVELOPMENT,
    });
    server = await startChatServer();
    site = await serve(folder);
  }, 120_000);
  afterAll(async () => {
    site?.close();
    site?.closeAllConnections();
    await server?.switchboard.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const open = async (by: Browser, user: string): Promise<{ page: Page; sockets: string[] }> => {
    const page = await by.newPage();
    const sockets: string[] = [];
    page.on('websocket', (socket) => sockets.push(socket.url()));
    const { port } = site.address() as AddressInfo;
    const socket = encodeURIComponent(server.switchboard.gateway.url);
    await page.goto(`http://127.0.0.1:${port}/?user=${user}&socket=${socket}`);
    await page.getByRole('status').getByText('live').waitFor();
    return { page, sockets };
  };
  const say = async (page: Page, text: string) => {
    await page.getByLabel('Message').fill(text);
    await page.getByRole('button', { name: 'Send' }).click();
    await page.locator('li').getByText(text).waitFor();
  };

  it('shows old and new messages once, and the members, and opens one socket for each page', async () => {
    const alice = await open(browser(), 'alice');
    await say(alice.page, 'before');
    const bob = await open(browser(), 'bob');
    await alice.page.getByText('Here: alice, bob').waitFor();
    await bob.page.getByText('Here: alice, bob').waitFor();
    await say(bob.page, 'after');

    for (const { page, sockets } of [alice, bob]) {
      await page.locator('li').getByText('after').waitFor();
      expect(await page.locator('li').allTextContents()).toEqual(['alice: before', 'bob: after']);
      expect(sockets).toHaveLength(1);
    }

    await bob.page.close();
    await alice.page.getByText('Here: alice', { exact: true }).waitFor();
    await alice.page.close();
  });

  it('shows the states of members', async () => {
    await using carol = createClient(server.switchboard.gateway.url, { userId: 'carol', WebSocket });
    await carol.room('lobby').join({ state: 'at lunch' });
    const alice = await open(browser(), 'alice');
    await alice.page.getByText('Here: alice, carol (at lunch)').waitFor();
    await carol.room('lobby').setState('back');
    await alice.page.getByText('Here: alice, carol (back)').waitFor();
  });
});
