import { expect, it } from '@jest/globals';
import { Meter } from '../../../gateway/meter.js';
import { type Events, predict } from '../../../scripts/cost/predict.js';
import { DEFAULT_TRAFFIC } from '../../../scripts/cost/traffic.js';
import type { Amounts } from '../../../src/entry/local/bill/amounts.js';
import { VirtualClock } from '../../support/time/virtual-clock.js';
import type { Client } from '../../system/e2e/support/client.js';
import { ServerWorld } from '../../system/e2e/support/server-world.js';

/** The sizes of rooms are cached for 5 s, and limits recover. */
const APART_MS = 6_000;
const ROOM = 'lobby';

const within = (part: number, expected: number, actual: number): boolean =>
  Math.abs(actual - expected) <= part * expected;

const each = async (times: number, work: (index: number) => Promise<unknown>): Promise<void> => {
  for (let index = 0; index < times; index += 1) await work(index);
};

/** Waits until nothing more is billed: all pushes, `$disconnect`s and stream records are done. */
const settled = async (world: ServerWorld, invocations: number): Promise<Amounts> => {
  await world.until(() => world.usage.amounts.invocations >= invocations);
  return world.usage.amounts;
};

it.each([
  ['pushed by the invocation', 100],
  ['pushed by the stream', 0],
])('the prediction agrees within 1 %% with the meter for the same traffic, %s', async (_how, inlineLimit) => {
  const clock = new VirtualClock(Date.now());
  const env = { RATE_LIMIT: 'on' };
  const world = await ServerWorld.start({ clock, inlineLimit, env, gateway: { meter: new Meter(clock) } });
  try {
    const members = 8;
    const dataBytes = 900;
    const data = 'x'.repeat(dataBytes - 2);
    const clients: Client[] = [];
    await each(members, async (index) => {
      const client = await world.connect(`user${index}`);
      clients.push(client);
      await client.do('hello');
      await client.do('join', { room: ROOM });
    });
    const [speaker] = clients as [Client];
    const { epoch, offset } = await speaker.do('publish', { room: ROOM, data: 'first' });
    await Promise.all(clients.map((client) => client.hears(ROOM, 'first')));
    const warm = 3 * members + members + 1 + (inlineLimit === 0 ? 1 : 0);
    const before = await settled(world, warm);

    const frames = { publications: 12, pings: 12, keepAlives: 12 };
    const events: Events = { connectionMinutes: 0, sessions: members, ...frames };
    const publishing = events.publications * (inlineLimit === 0 ? 2 : 1);
    await each(events.publications, async (index) => {
      clock.advance(APART_MS);
      const said = `${index}${data}`.slice(0, data.length);
      await clients[index % members]?.do('publish', { room: ROOM, data: said });
      await Promise.all(clients.map((client) => client.hears(ROOM, said)));
    });
    await each(events.pings, async (index) => {
      clock.advance(APART_MS);
      const own = index % members;
      await clients[own]?.do('ping', { rooms: ['*', `@user${own}`, ROOM] });
    });
    await each(events.keepAlives, async (index) => {
      clock.advance(APART_MS);
      clients[index % members]?.send({ action: 'keepalive' });
      await settled(world, before.invocations + publishing + events.pings + index + 1);
    });
    const said = events.publications + events.pings + events.keepAlives;
    events.connectionMinutes = (said * APART_MS * members) / 60_000;
    const talked = before.invocations + publishing + events.pings + events.keepAlives;
    await settled(world, talked);
    await each(members, async (index) => {
      clock.advance(APART_MS);
      events.connectionMinutes += (APART_MS * members) / 60_000;
      await clients[index]?.close();
      await settled(world, talked + 4 * index + 1);
      const again = await world.connect(`user${index}`);
      await again.do('hello', {
        resume: [{ room: ROOM, epoch, offset: Number(offset) + events.publications }],
      });
    });
    const after = await settled(world, talked + 4 * members);

    const shape = { ...DEFAULT_TRAFFIC, rooms: 1, members, dataBytes, inlineLimit };
    const predicted = predict(events, shape);
    const kinds = ['messages', 'connectionMinutes', 'invocations', 'readUnits', 'writeUnits'] as const;
    const metered = Object.fromEntries(kinds.map((kind) => [kind, after[kind] - before[kind]]));
    const off = kinds.filter((kind) => !within(0.01, metered[kind] ?? 0, predicted[kind]));
    expect({ off, metered, predicted }).toEqual({ off: [], metered, predicted });
  } finally {
    await world.end();
  }
});
