import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { CallbackFault } from '../../../../gateway/faults.js';
import type { Client } from '../support/client.js';
import { ServerWorld } from '../support/server-world.js';

/** The answer of `@connections` for the failing connections. */
const FAULTS: [name: string, fault: CallbackFault][] = [
  ['410', { answer: 410 }],
  ['429', { answer: 429 }],
  ['500', { answer: 500 }],
  ['503 after the push was done', { answer: 503, carryOut: true }],
  ['a reset', { answer: 'reset' }],
  ['nothing', { answer: 'hang' }],
];

const idOf = async (client: Client) => (await client.do('hello')).connectionId as string;

describe.each([
  ['by the invocation', { store: 'memory', inlineLimit: 100 }],
  ['by the stream', { store: 'DynamoDB', inlineLimit: 0 }],
] as const)('When pushes fail, %s', (_, options) => {
  const { inlineLimit } = options;
  let world: ServerWorld;
  let [sender, unlucky, lucky]: [Client, Client[], Client[]] = [null as unknown as Client, [], []];
  beforeEach(async () => {
    world = await ServerWorld.start({ ...options, env: { OPENING_MS: '0' } });
    sender = await world.connect('alice');
    const others = await Promise.all(
      Array.from({ length: 12 }, (__, index) => world.connect(`user${index}`)),
    );
    unlucky = others.slice(0, 4);
    lucky = others.slice(4);
  });
  afterEach(() => world.end());

  // The stream's consumer pushes in the same way as the invocation, so some of the faults are enough.
  const faults = FAULTS.filter(([name]) => inlineLimit > 0 || ['410', '500', 'nothing'].includes(name));

  it.each(faults)(
    'with %s for some, all others receive it, it is acked, and history has it',
    async (__, fault) => {
      const ids = new Set(await Promise.all(unlucky.map(idOf)));
      world.gateway.faults.callback = ({ connectionId }) => (ids.has(connectionId) ? fault : undefined);

      // A hanging connection delays the next batch of its shard: on the stream, the test waits only for the first.
      const said = fault.answer === 'hang' && inlineLimit === 0 ? [1] : [1, 2];
      const acks = said.map((n) => sender.do('broadcast', { data: n }));

      for (const n of said) await Promise.all([sender, ...lucky].map((client) => client.hears('*', n)));
      expect((await Promise.all(acks)).map(({ offset }) => offset).sort()).toEqual(said);
      world.gateway.faults.callback = undefined;
      // A connection that looked gone was forgotten: its user comes back on another.
      const again = await world.connect('user0');
      const { items } = await again.do('history', { room: '*' });
      expect((items as { data: unknown }[]).map(({ data }) => data).sort()).toEqual(said);
    },
  );
});

describe('A push that is answered', () => {
  let world: ServerWorld;
  afterEach(() => world.end());

  it.each([['429'], ['500'], ['503'], ['504'], ['413']])(
    'with %s does not make the server forget a connection',
    async (status) => {
      world = await ServerWorld.start({ store: 'memory', env: { OPENING_MS: '0' } });
      const [alice, bob] = [await world.connect('alice'), await world.connect('bob')];
      await bob.do('join', { room: 'lobby' });
      const id = await idOf(bob);
      const answer = Number(status) as 429;
      world.gateway.faults.callback = ({ connectionId }) => (connectionId === id ? { answer } : undefined);

      await alice.do('broadcast', { data: 'lost' });

      world.gateway.faults.callback = undefined;
      expect((await bob.do('presence', { room: 'lobby' })).members).toEqual(['bob']);
      await alice.do('broadcast', { data: 'not lost' });
      await bob.hears('*', 'not lost');
    },
  );

  it('with 410 while its connection may still be opening does not make the server forget it', async () => {
    world = await ServerWorld.start({ store: 'memory', env: { OPENING_MS: '60000' } });
    const [alice, bob] = [await world.connect('alice'), await world.connect('bob')];
    const id = await idOf(bob);
    let refused = 0;
    world.gateway.faults.callback = ({ connectionId }) => {
      if (connectionId !== id) return undefined;
      refused += 1;
      return { answer: 410 };
    };

    await alice.do('broadcast', { data: 'early' });
    await alice.do('send', { to: 'bob', data: 'early' });

    world.gateway.faults.callback = undefined;
    expect(refused).toBe(6);
    await alice.do('send', { to: 'bob', data: 'later' });
    await bob.hears('@bob', 'later');
    await alice.do('broadcast', { data: 'later' });
    await bob.hears('*', 'later');
  });

  it('with only one 410, while opening, still arrives', async () => {
    world = await ServerWorld.start({ store: 'memory', env: { OPENING_MS: '60000' } });
    const [alice, bob] = [await world.connect('alice'), await world.connect('bob')];
    const id = await idOf(bob);
    let calls = 0;
    world.gateway.faults.callback = ({ connectionId }) => {
      if (connectionId !== id) return undefined;
      calls += 1;
      return calls === 1 ? { answer: 410 } : undefined;
    };

    await alice.do('broadcast', { data: 'hello' });

    await bob.hears('*', 'hello');
  });
});
