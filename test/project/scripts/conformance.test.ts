import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { WebSocketServer } from 'ws';
import { compare, contradicts, differences } from '../../../scripts/trials/conformance/compare.js';
import { LIVE_CASES } from '../../../scripts/trials/conformance/live-cases.js';
import { type Switchboard, startSwitchboard } from '../../../src/entry/local/start.js';

describe('the comparison of two endpoints', () => {
  let local: Switchboard;
  beforeAll(async () => {
    local = await startSwitchboard({
      port: 0,
      memory: true,
      dataFolder: undefined,
      env: { LOG_LEVEL: 'silent' },
      gateway: { host: '127.0.0.1' },
    });
  });
  afterAll(() => local.stop());

  it('finds no difference between an endpoint and itself, and no failing case', async () => {
    const here = { url: local.gateway.url };

    const compared = await compare(here, here, () => undefined);

    expect(differences(compared)).toEqual([]);
    expect(compared.filter((one) => /^(failed|nothing)/.test(one.local))).toEqual([]);
  });

  it('names each difference, and fails only if a source settles the question', async () => {
    const echo = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    echo.on('connection', (socket) =>
      socket.on('message', (data) => socket.send(`{"type":"echo","length":${String(data).length}}`)),
    );
    await once(echo, 'listening');
    const { port } = echo.address() as AddressInfo;
    const lines: string[] = [];

    const compared = await compare(
      { url: local.gateway.url },
      { url: `ws://127.0.0.1:${port}` },
      (line) => lines.push(line),
      LIVE_CASES.filter(({ name }) =>
        ['a binary frame', 'an empty frame', 'a close with a code of its own'].includes(name),
      ),
    );
    echo.close();

    expect(lines.map((line) => line.replaceAll(/ {2,}/g, ' | '))).toEqual([
      ' | local | there',
      '? an empty frame | error invalid_json | echo',
      '≠ a binary frame | closed with 1003 | echo',
      '= a close with a code of its own | closed with 4000 | closed with 4000',
    ]);
    expect(differences(compared)).toContain(
      'a binary frame: echo instead of closed with 1003. It matters for this: the protocol is text.',
    );
    expect(compared.map(contradicts)).toEqual([false, true, false]);
  });
});
