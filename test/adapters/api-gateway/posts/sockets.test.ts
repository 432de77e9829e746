import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ApiGatewayClientNotifier } from '../../../../src/adapters/api-gateway/client-notifier.js';
import { createClientNotifier } from '../../../../src/adapters/api-gateway/create-client-notifier.js';
import { ANY_ACCESS } from '../../../../src/entry/local/settings/access.js';
import { ConnectionsServer } from '../../../support/servers/connections-server.js';
import { VirtualClock } from '../../../support/time/virtual-clock.js';

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

describe('The sockets of pushes', () => {
  let server: ConnectionsServer;
  let clock: VirtualClock;
  let clients: ApiGatewayClientNotifier;
  /** The client's port of each request. */
  let ports: (number | undefined)[];

  const push = (count: number) =>
    Promise.all(Array.from({ length: count }, (_, n) => clients.send(`${n}=`, '{}', clock.now() + 60_000)));

  beforeEach(async () => {
    ports = [];
    server = await ConnectionsServer.start();
    server.answer = (_, response, { socket }) => {
      ports.push(socket.remotePort);
      response.end('{}');
    };
    clock = new VirtualClock();
    const options = { ...ANY_ACCESS, endpoint: server.endpoint, maxSockets: 8 };
    clients = createClientNotifier(options, clock);
  });
  afterEach(async () => {
    await clients.destroy();
    await server.stop();
  });

  it('are used again by pushes of the next half minute', async () => {
    await push(4);
    clock.advance(30_000);
    await push(4);

    expect(new Set(ports).size).toBe(4);
  });

  it('are not used after a longer freeze, during which the server may have dropped them without a word', async () => {
    await push(4);
    const dropped = new Set(ports.splice(0));
    const { answer } = server;
    server.answer = (call, response, request) => {
      if (dropped.has(request.socket.remotePort)) ports.push(request.socket.remotePort);
      else answer(call, response, request);
    };

    clock.advance(30_001);

    expect(await push(4)).toEqual(Array(4).fill('delivered'));
    expect(ports.filter((port) => dropped.has(port))).toEqual([]);
  });
});

it('load undici with the first push, and not at start', () => {
  const program = `
    const { createRequire } = require('node:module');
    const loaded = () => Object.keys(require.cache).some((path) => path.includes('/undici/'));
    const started = async () => {
      const { createClientNotifier } = await import('./src/adapters/api-gateway/create-client-notifier.ts');
      const clock = { now: Date.now, sleep: async () => {} };
      const credentials = { accessKeyId: 'x', secretAccessKey: 'x' };
      const endpoint = 'http://127.0.0.1:9/dev';
      const clients = createClientNotifier({ credentials, region: 'local', endpoint, maxSockets: 1 }, clock);
      const before = loaded();
      await clients.send('a=', '{}', Date.now() + 5000);
      console.log(JSON.stringify([before, loaded()]));
    };
    void started();
  `;
  const cwd = resolve(import.meta.dirname, '../../../..');
  const options = { cwd, env: { ...process.env, NODE_OPTIONS: '' }, encoding: 'utf8' as const };

  const printed = execFileSync(process.execPath, ['--import', 'tsx', '-e', program], options);

  expect(JSON.parse(printed)).toEqual([false, true]);
});
