import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Meter } from '../../../gateway/meter.js';
import type { Events } from '../../../scripts/cost/events.js';
import { predict } from '../../../scripts/cost/predict.js';
import { DEFAULT_TRAFFIC } from '../../../scripts/cost/traffic.js';
import { VirtualClock } from '../../support/time/virtual-clock.js';
import type { Client } from '../../system/e2e/support/client.js';
import { ServerWorld } from '../../system/e2e/support/server-world.js';

/** The sizes of rooms are cached for 5 s, and limits recover. */
const APART_MS = 6_000;
const ROOM = 'lobby';
const MEMBERS = 8;
const TIMES = 12;
const DATA_BYTES = 900;
const KINDS = ['messages', 'connectionMinutes', 'invocations', 'readUnits', 'writeUnits'] as const;

const within = (part: number, expected: number, actual: number): boolean =>
  Math.abs(actual - expected) <= part * expected;

describe.each([
  ['the invocation', { inlineLimit: 100 }, 0],
  ['the stream', { inlineLimit: 0 }, 1],
  ['two pieces in one batch', { inlineLimit: 0, pieceMembers: MEMBERS / 2 }, 2],
])('The prediction agrees within 1 %% with the meter, pushed by %s,', (_how, limits, pushInvocations) => {
  let clock: VirtualClock;
  let world: ServerWorld;
  let clients: Client[];
  let place: { epoch: string; offset: number };

  /** Waits until nothing more is billed: all pushes, `$disconnect`s, stream records and pieces are done. */
  const settled = (invocations: number) => world.until(() => world.usage.amounts.invocations >= invocations);
  const client = (index: number) => clients[index % MEMBERS] as Client;
  const each = async (times: number, work: (index: number) => Promise<unknown>): Promise<void> => {
    for (let index = 0; index < times; index += 1) {
      clock.advance(APART_MS);
      const { invocations } = world.usage.amounts;
      await work(index);
      await settled(invocations + 1);
    }
  };
  const text = (index: number) => `${index} ${'x'.repeat(DATA_BYTES)}`.slice(0, DATA_BYTES - 2);
  const publish = async (index: number, data = text(index)) => {
    const { invocations } = world.usage.amounts;
    const { epoch, offset } = await client(index).do('publish', { room: ROOM, data });
    place = { epoch: String(epoch), offset: Number(offset) };
    await Promise.all(clients.map((one) => one.hears(ROOM, data)));
    await settled(invocations + 1 + pushInvocations);
  };
  const open = async (index: number, missed = 0) => {
    const opened = await world.connect(`user${index}`);
    const { epoch, offset } = place;
    await opened.do('hello', { resume: [{ room: ROOM, epoch, offset: offset - missed }] });
    return opened;
  };

  /** The traffic of `work` costs what is predicted for `events`. */
  const agrees = async (events: Partial<Events>, work: () => Promise<void>, missed = 0) => {
    const before = world.usage.amounts;
    const startedAt = clock.now();
    await work();
    const after = world.usage.amounts;
    const connectionMinutes = ((clock.now() - startedAt) * MEMBERS) / 60_000;
    const shape = { ...DEFAULT_TRAFFIC, ...limits, members: MEMBERS, dataBytes: DATA_BYTES, missed };
    const predicted = predict({ ...events, connectionMinutes }, shape);
    const metered = Object.fromEntries(KINDS.map((kind) => [kind, after[kind] - before[kind]]));
    const off = KINDS.filter((kind) => !within(0.01, metered[kind] ?? 0, predicted[kind]));
    expect({ off, metered, predicted }).toEqual({ off: [], metered, predicted });
  };

  beforeEach(async () => {
    clock = new VirtualClock(Date.now());
    const gateway = { meter: new Meter(clock) };
    world = await ServerWorld.start({ clock, ...limits, env: { RATE_LIMIT: 'on' }, gateway });
    clients = [];
    for (let index = 0; index < MEMBERS; index += 1) {
      const opened = await world.connect(`user${index}`);
      clients.push(opened);
      await opened.do('hello');
      await opened.do('join', { room: ROOM });
    }
    // The room's first publication makes its epoch, and fan-out keeps the bounds of its pieces.
    await publish(0, 'first');
    clock.advance(APART_MS);
  });
  afterEach(() => world.end());

  it('for publications', async () => {
    await agrees({ publications: TIMES }, () => each(TIMES, (index) => publish(index)));
  });

  it('for publications of back ends', async () => {
    const url = `http://127.0.0.1:${world.gateway.port}/functions/publish`;
    const headers = { 'content-type': 'application/json', authorization: 'AWS4-HMAC-SHA256 any' };

    await agrees({ backEndPublications: TIMES }, () =>
      each(TIMES, async (index) => {
        const { invocations } = world.usage.amounts;
        const body = JSON.stringify({ action: 'publish', from: '$news', room: ROOM, data: text(index) });
        expect((await fetch(url, { method: 'POST', headers, body })).status).toBe(200);
        await Promise.all(clients.map((one) => one.hears(ROOM, text(index))));
        await settled(invocations + 1 + pushInvocations);
      }),
    );
  });

  it('for pings and keep-alives', async () => {
    await agrees({ pings: TIMES, keepAlives: TIMES }, async () => {
      await each(TIMES, (index) =>
        client(index).do('ping', { rooms: ['*', `@user${index % MEMBERS}`, ROOM] }),
      );
      await each(TIMES, async (index) => client(index).send({ action: 'keepalive' }));
    });
  });

  it('for states', async () => {
    await agrees({ states: TIMES }, () =>
      each(TIMES, (index) => client(index).do('state', { room: ROOM, state: 'here', counter: index + 1 })),
    );
  });

  it('for connections that are replaced', async () => {
    await agrees({ sessions: MEMBERS }, () =>
      each(MEMBERS, async (index) => {
        const { invocations } = world.usage.amounts;
        const replaced = client(index);
        clients[index] = await open(index);
        await replaced.close();
        await settled(invocations + 4);
      }),
    );
  });

  it('for users who leave, miss something, and come back', async () => {
    const missed = 5;
    await each(missed, (index) => publish(index));

    await agrees(
      { sessions: MEMBERS, absences: MEMBERS },
      () =>
        each(MEMBERS, async (index) => {
          const { invocations } = world.usage.amounts;
          await client(index).close();
          await settled(invocations + 1);
          clients[index] = await open(index, missed);
        }),
      missed,
    );
  });

  it('for signals, in rooms that the invocation serves', async () => {
    const signals = limits.inlineLimit >= MEMBERS ? TIMES : 0;
    await agrees({ signals }, () =>
      each(signals, async (index) => {
        client(index).send({ action: 'signal', room: ROOM, tag: 't', number: index, data: 'x' });
      }),
    );
  });
});
