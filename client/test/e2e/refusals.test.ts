import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { tellsStatus } from './support/cable.js';
import { crowd } from './support/crowd.js';
import { runSwitchboard } from './support/run-switchboard.js';
import { until } from './support/until.js';

describe('A client that a server refuses', () => {
  const { connect, disperse } = crowd();
  const stops: (() => Promise<void>)[] = [];
  afterEach(async () => {
    await disperse();
    for (const stop of stops.splice(0)) await stop();
  });

  /** A server that answers every request to connect in the same way. */
  const refuse = async (status: number, headers: Record<string, string> = {}): Promise<string> => {
    const server: Server = createServer((_, response) => response.writeHead(status, headers).end());
    server.on('upgrade', (_, socket) => {
      const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
      socket.end(`HTTP/1.1 ${status} No\r\nconnection: close\r\n${lines.join('')}content-length: 0\r\n\r\n`);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    stops.push(async () => {
      server.closeAllConnections();
      server.close();
    });
    return `ws://127.0.0.1:${(server.address() as AddressInfo).port}/dev`;
  };

  it.each<[number, string, Record<string, string>]>([
    [401, 'unauthenticated', {}],
    [403, 'unauthenticated', {}],
    [429, 'connection_limit', {}],
    [429, 'rate_limited', { 'x-amzn-errortype': 'TooManyRequestsException' }],
    [500, 'unavailable', {}],
    [503, 'unavailable', {}],
    [404, 'refused', {}],
  ])('with HTTP %d is told %s if the platform shows the status', async (status, code, headers) => {
    const { client } = connect(await refuse(status, headers), { userId: 'alice' });

    await until(() => client.state === 'offline');

    expect(client.status.reason).toMatchObject({ code: tellsStatus ? code : 'refused', retryable: true });
  });

  it('is told that it is one connection too many', async () => {
    const { url, stop } = await runSwitchboard({ RATE_LIMIT: 'on', CONNECTIONS_PER_USER: '1' });
    stops.push(stop);
    const { client: first } = connect(url, { userId: 'alice' });
    await until(() => first.state === 'live');

    const { client } = connect(url, { userId: 'alice' });
    await until(() => client.state === 'offline');

    expect(client.status.reason?.code).toBe(tellsStatus ? 'connection_limit' : 'refused');
  });

  it('is told that nothing answers', async () => {
    const { client } = connect('ws://127.0.0.1:1/dev', { userId: 'alice' });

    await until(() => client.status.reason?.code === 'unreachable');

    expect(client.state).not.toBe('closed');
  });
});
