import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { build } from 'esbuild';
import { WebSocket } from 'ws';
import { createClient } from '../../../client/src/switchboard-client.js';
import { type ChatServer, startChatServer } from '../browser/support/chat-server.js';
import { describeInChromium } from '../browser/support/chromium.js';

/** Shows one of two rooms, and records what each commit showed. A second list of its messages can come later. */
const PROGRAM = `
  import { createElement, useLayoutEffect, useState } from 'react';
  import { createRoot } from 'react-dom/client';
  import { useConnection, usePresence, useRoom } from './client/src/react.js';

  globalThis.commits = [];
  const { socket } = globalThis;
  const Again = ({ client }) => {
    const { messages } = useRoom(client, 'garden');
    return createElement('q', null, messages.map(({ data }) => data).join());
  };
  const App = () => {
    const [name, setName] = useState('lobby');
    const { client } = useConnection(socket, { userId: 'alice' });
    const { room, messages } = useRoom(client, name);
    const members = usePresence(client, name);
    const [isTwice, setTwice] = useState(false);
    globalThis.show = setName;
    globalThis.showAgain = () => setTwice(true);
    useLayoutEffect(() => {
      const texts = messages.map(({ data }) => data);
      globalThis.commits.push({ name, room: room?.name ?? name, texts, here: members.map(({ user }) => user) });
    });
    const texts = messages.map(({ data }) => data).join();
    return createElement('div', null, createElement('p', null, texts), isTwice && createElement(Again, { client }));
  };
  createRoot(document.body).render(createElement(App));
`;

interface Commit {
  name: string;
  room: string;
  texts: string[];
  here: string[];
}

describeInChromium('React’s hooks', (browser) => {
  let server: ChatServer;
  const site = createServer();
  beforeAll(async () => {
    server = await startChatServer();
    await new Promise<void>((resolve) => {
      site.listen(0, '127.0.0.1', resolve);
    });
  });
  afterAll(async () => {
    site.close();
    site.closeAllConnections();
    await server?.switchboard.stop();
  });

  it('never show what belongs to the room that was shown before, and show it as often as a page asks', async () => {
    const { url } = server.switchboard.gateway;
    const bob = createClient(url, { userId: 'bob', WebSocket });
    for (const name of ['lobby', 'garden']) {
      await bob.room(name).join();
      await bob.room(name).publish(`in the ${name}`);
    }
    await bob.room('garden').leave();
    const { outputFiles } = await build({
      stdin: { contents: PROGRAM, resolveDir: process.cwd() },
      bundle: true,
      write: false,
      define: { 'process.env.NODE_ENV': '"production"' },
    });
    const program = `globalThis.socket = ${JSON.stringify(url)}; ${outputFiles[0]?.text}`;
    site.on('request', ({ url: path }, response) => {
      response.setHeader('content-type', path === '/' ? 'text/html' : 'text/javascript');
      response.end(path === '/' ? '<body><script src="probe.js"></script>' : program);
    });
    const page = await browser().newPage();
    await page.goto(`http://127.0.0.1:${(site.address() as AddressInfo).port}/`);
    await page.locator('p').getByText('in the lobby').waitFor();

    await page.evaluate(`show('garden')`);
    await page.locator('p').getByText('in the garden').waitFor();

    const commits = await page.evaluate<Commit[]>('commits');
    const wrong = commits.filter(
      ({ name, room, texts, here }) =>
        room !== name ||
        texts.some((text) => text !== `in the ${name}`) ||
        (name === 'garden' && here.includes('bob')),
    );
    expect(wrong).toEqual([]);

    // The client is in the room already.
    await page.evaluate('showAgain()');
    await page.locator('q').getByText('in the garden').waitFor({ timeout: 10_000 });
    await bob.close();
    await page.close();
  });
});
