import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Switchboard, startSwitchboard } from '../../../src/entry/local/start.js';
import { Client } from './support/client.js';

describe('A signal of a back end, through the URL of the local function,', () => {
  let switchboard: Switchboard;
  const call = async (message: object) => {
    const response = await fetch(`http://localhost:${switchboard.gateway.port}/functions/publish`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: 'AWS4-HMAC-SHA256 any' },
      body: JSON.stringify(message),
    });
    return { status: response.status, answer: (await response.json()) as object };
  };

  beforeAll(async () => {
    switchboard = await startSwitchboard({
      port: 0,
      memory: true,
      dataFolder: undefined,
      env: { LOG_LEVEL: 'silent' },
      gateway: { host: '127.0.0.1' },
    });
  });
  afterAll(() => switchboard.stop());

  it('reaches an open socket between the messages of its list, and is not in the history', async () => {
    const client = await Client.connect(`${switchboard.gateway.url}?userId=alice`);
    await client.do('join', { room: 'lobby' });
    const room = { from: '$billing', room: 'lobby' };

    const { status, answer } = await call([
      { action: 'publish', ...room, data: 1 },
      { action: 'signal', ...room, data: 2, tag: 'job', number: 3 },
      { action: 'publish', ...room, data: 4 },
    ]);

    const pushed = () => client.frames.filter(({ from }) => from === '$billing');
    await client.until(() => pushed().length === 3);
    expect(pushed().map(({ type, data }) => [type, data])).toEqual([
      ['message', 1],
      ['signal', 2],
      ['message', 4],
    ]);
    expect(pushed()[1]).toEqual({ type: 'signal', ...room, tag: 'job', number: 3, data: 2 });
    expect(status).toBe(200);
    expect(answer).toEqual([
      expect.objectContaining({ offset: 1 }),
      { attempted: 1, delivered: 1, gone: 0 },
      expect.objectContaining({ offset: 2 }),
    ]);
    expect(await client.do('history', { room: 'lobby' })).toMatchObject({ offset: 2 });
  });

  it('that is refused is answered with its error', async () => {
    const { status, answer } = await call({ action: 'signal', from: '$billing', room: '@alice', data: 1 });

    expect(status).toBe(400);
    expect(answer).toMatchObject({ error: { code: 'invalid_room', retryable: false } });
  });
});
