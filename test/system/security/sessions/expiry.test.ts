import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ALL_PERMISSIONS } from '../../../../src/domain/access/permissions.js';
import type { Client } from '../../e2e/support/client.js';
import type { WorldOptions } from '../../e2e/support/server-world.js';
import { GuardedWorld } from '../support/guarded-world.js';

const WORLDS: [name: string, options: WorldOptions][] = [
  ['on DynamoDB', { store: 'DynamoDB' }],
  ['in memory, pushed by the stream', { store: 'memory', inlineLimit: 0 }],
];

const ENDED = {
  type: 'disconnect',
  code: 'token_expired',
  message: 'The token has expired.',
  reconnect: true,
};

const of = (client: Client, type: string) => client.frames.filter((frame) => frame.type === type);

describe.each(WORLDS)('A session, %s,', (_, options) => {
  let world: GuardedWorld;
  let speaker: Client;
  beforeAll(async () => {
    world = await GuardedWorld.start(options);
    speaker = await world.connect('speaker', { permissions: ALL_PERMISSIONS });
  });
  afterAll(() => world.end());

  it('ends with the first frame after its token has', async () => {
    const late = await world.connect('late', { seconds: -10 });

    late.send({ action: 'ping' });

    expect(await late.closed).toBe(1000);
    expect(of(late, 'disconnect')).toEqual([ENDED]);
    expect(of(late, 'ack')).toEqual([]);
  });

  it.each([
    ['no JSON', '{'],
    ['no action', '{"action":"nope"}'],
  ])('ends with a frame that is %s', async (_n, text) => {
    const late = await world.connect('late', { seconds: -10 });

    late.send(text);

    expect(await late.closed).toBe(1000);
    expect(of(late, 'disconnect')).toEqual([ENDED]);
  });

  it('ends with the first push after its token has, and the push is not for it', async () => {
    const late = await world.connect('late', { seconds: -10 });

    await speaker.do('send', { to: 'late', data: 'secret' });

    expect(await late.closed).toBe(1000);
    expect(late.frames).toEqual([ENDED]);
  });

  it('is announced to end once, with the first frame or push', async () => {
    const soon = await world.connect('soon', { seconds: 50 });

    await Promise.all([soon.do('ping'), soon.do('ping'), soon.do('ping')]);
    await speaker.do('send', { to: 'soon', data: 1 });
    await soon.hears('@soon', 1);
    await soon.do('ping');

    expect(of(soon, 'expiring')).toEqual([{ type: 'expiring', expiresAt: expect.any(Number) }]);
  });

  it('is announced to end by a push too', async () => {
    const soon = await world.connect('silent', { seconds: 50 });

    await speaker.do('send', { to: 'silent', data: 1 });

    await soon.until(() => of(soon, 'expiring').length === 1);
  });

  it('that lasts longer than a minute is not announced to end', async () => {
    const calm = await world.connect('calm', { seconds: 90 });

    await calm.do('ping');
    await speaker.do('send', { to: 'calm', data: 1 });
    await calm.hears('@calm', 1);
    await calm.do('ping');

    expect(of(calm, 'expiring')).toEqual([]);
  });
});
