import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { createClientNotifier } from '../../../src/adapters/api-gateway/create-client-notifier.js';
import { SystemClock } from '../../../src/adapters/system/system-clock.js';
import { ANY_ACCESS } from '../../../src/entry/local/settings/access.js';
import { VirtualClock } from '../../support/time/virtual-clock.js';

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

let server: Server;
let answer: { status: number; headers?: Record<string, string>; body?: string };
let urls: (string | undefined)[];

beforeEach(async () => {
  urls = [];
  server = createServer((request, response) => {
    urls.push(request.url);
    request.resume();
    response.writeHead(answer.status, answer.headers).end(answer.body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});

afterEach(async () => {
  server.close();
  server.closeAllConnections();
  await once(server, 'close');
});

const push = async () => {
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}/dev`;
  const notifier = createClientNotifier({ ...ANY_ACCESS, endpoint, maxSockets: 4 }, new SystemClock());
  try {
    return await notifier.send('abc=', '{}', Date.now() + 3_000);
  } finally {
    await notifier.destroy();
  }
};

it.each([
  [410, { 'x-amzn-errortype': 'GoneException' }, '{"message":null}'],
  [410, undefined, undefined],
  [410, { 'content-type': 'text/html' }, '<h1>Gone</h1>'],
  [400, { 'x-amzn-errortype': 'BadRequestException' }, '{"message":"Invalid connectionId"}'],
  [400, undefined, undefined],
])('treats a bare or named %i as gone: %j %j', async (status, headers, body) => {
  answer = { status, ...(headers && { headers }), ...(body && { body }) };

  expect(await push()).toBe('gone');
  expect(urls).toEqual(['/dev/@connections/abc%3D']);
});

it.each([503])('tries three times if %i comes without a name', async (status) => {
  answer = { status };

  expect(await push()).toBe('failed');
  expect(urls).toHaveLength(3);
});

it('treats an unreadable answer as delivered if its status says so', async () => {
  answer = { status: 200, body: '' };

  expect(await push()).toBe('delivered');
});

it.each(['send', 'probe'] as const)(
  'learns API Gateway’s time when %s finds a connection gone',
  async (ask) => {
    const date = 'Thu, 26 Nov 2026 12:00:00 GMT';
    answer = { status: 410, headers: { date } };
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}/dev`;
    const notifier = createClientNotifier({ ...ANY_ACCESS, endpoint, maxSockets: 4 }, new VirtualClock());
    const untold = notifier.now();

    const deadline = new VirtualClock().now() + 3_000;
    const outcome =
      ask === 'send' ? await notifier.send('abc=', '{}', deadline) : await notifier.probe('abc=', deadline);
    await notifier.destroy();

    // A `Date` has whole seconds, so the true time may be almost a second later.
    expect([untold, outcome, notifier.now()]).toEqual([undefined, 'gone', Date.parse(date) + 999]);
  },
);
