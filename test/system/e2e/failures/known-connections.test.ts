import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { seededRandom, share } from '../../../../gateway/faults.js';
import { SystemClock } from '../../../../src/adapters/system/system-clock.js';
import type { Client } from '../support/client.js';
import { ServerWorld } from '../support/server-world.js';

/** `expiresAt` of a connection's rows. */
const TWO_HOURS_AND_MORE_MS = 125 * 60_000;

class SetClock extends SystemClock {
  aheadMs = 0;
  override now(): number {
    return super.now() + this.aheadMs;
  }
}

let world: ServerWorld;
let clock: SetClock;
beforeEach(async () => {
  clock = new SetClock();
  world = await ServerWorld.start({ clock, env: { OPENING_MS: '0' } });
});
afterEach(() => world.end());

/** As the schedule does on AWS. */
const counted = async (): Promise<number> => {
  const path = '/2015-03-31/functions/count-connections/invocations';
  const response = await fetch(new URL(path, world.gateway.callbackUrl), {
    method: 'POST',
    headers: { authorization: 'AWS4-HMAC-SHA256 signed' },
    body: '{}',
  });
  return ((await response.json()) as { connections: number }).connections;
};

const connect = (many: number): Promise<Client[]> =>
  Promise.all(Array.from({ length: many }, (_, n) => world.connect(`user-${n}`)));

/** Resolves when the gateway has noticed. */
const leave = async (clients: readonly Client[]): Promise<void> => {
  const left = world.gateway.connections - clients.length;
  await Promise.all(clients.map((client) => client.close()));
  await world.until(() => world.gateway.connections === left);
};

it('are the open sockets, as long as no $disconnect is lost', async () => {
  const clients = await connect(40);
  expect(await counted()).toBe(40);

  await leave(clients.slice(0, 25));
  await world.until(async () => (await counted()) === world.gateway.connections);

  expect(world.gateway.connections).toBe(15);
  expect(await counted()).toBe(15);
});

it('are too many while $disconnects are lost: until a push finds them gone', async () => {
  const clients = await connect(40);
  world.gateway.faults.disconnect = share(1, 'drop', seededRandom(1));
  await leave(clients.slice(0, 25));
  expect(await counted()).toBe(40);

  // The first push may find a connection that could still be opening; the next one finds it gone.
  await world.until(async () => {
    await clients.at(-1)?.do('broadcast', { data: 'hi' });
    return (await counted()) === 15;
  });
});

it('are too many until 2 h 5 min after the connection was opened, when nothing is pushed', async () => {
  const clients = await connect(8);
  world.gateway.faults.disconnect = share(1, 'drop', seededRandom(1));
  await leave(clients);

  clock.aheadMs = TWO_HOURS_AND_MORE_MS - 60_000;
  expect(await counted()).toBe(8);
  clock.aheadMs = TWO_HOURS_AND_MORE_MS + 1_000;
  expect(await counted()).toBe(0);
});
