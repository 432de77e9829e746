import type { Device } from './actors/device.js';
import { permitAll } from './actors/operate.js';
import { checkDelivery } from './checks/check-delivery.js';
import { checkLog } from './checks/check-log.js';
import { checkRows } from './checks/check-rows.js';
import { checkShown } from './checks/check-states-and-signals.js';
import { NO_FAULTS } from './simulation/fault-rates.js';
import type { SimulatedWorld } from './simulation/simulated-world.js';

/** Stops all faults, lets every client come back, publishes once more to each room, and checks everything. */
export const settle = async (world: SimulatedWorld, devices: readonly Device[]): Promise<void> => {
  const { ledger, settings } = world;
  await atRest(world);
  await Promise.all(devices.map(({ client }) => client.upToDate()));

  await Promise.all(publishEverywhere(world, devices));
  await atRest(world);
  await Promise.all(devices.map(({ client }) => client.upToDate()));

  for (const { listener, client } of devices) listener.checkAtEnd(client.rooms());
  checkLog(world);
  world.queue.settle();
  checkDelivery(world);
  await checkRows(world, devices);
  if (settings.operated) {
    permitAll(world, devices);
    await atRest(world);
  }
  for (const room of settings.rooms) await checkRoom(world, room, devices);
  for (const device of devices.slice(0, settings.users))
    await checkHistory(world, `@${device.userId}`, device);
  for (const device of devices.slice(0, 1)) await checkHistory(world, '*', device);
  for (const { name, operations } of world.fleet.invocations) {
    if (operations > 1_500) ledger.violate('bounds', `${name} took ${operations} operations`);
  }
};

/**
 * Without faults, long enough to notice the last cut connection, for the latest `$disconnect` and for the stream's
 * retries.
 */
const atRest = async (world: SimulatedWorld): Promise<void> => {
  world.faults = NO_FAULTS;
  await world.scheduler.sleep(35_000);
  while (world.gateway.busy > 0 || !world.store.idle || !world.queue.idle) await world.scheduler.sleep(1_000);
};

const publishEverywhere = ({ settings }: SimulatedWorld, devices: readonly Device[]): Promise<void>[] => {
  const [first] = devices;
  const rooms = ['*', ...devices.slice(0, settings.users).map(({ userId }) => `@${userId}`)];
  return [
    ...rooms.map(
      (room) => first?.client.publish(room, 'the last', `last-${room.slice(1)}`) ?? Promise.resolve(),
    ),
    ...settings.rooms.map(async (room) => {
      const member = devices.find(({ client }) => client.rooms().includes(room));
      if (!member) await first?.client.join(room, false);
      await (member ?? first)?.client.publish(room, 'the last', 'last');
    }),
  ];
};

const checkRoom = async (world: SimulatedWorld, room: string, devices: readonly Device[]): Promise<void> => {
  const inside = devices.filter(({ client }) => client.rooms().includes(room));
  const [one] = inside;
  if (!one) return;
  await checkHistory(world, room, one);
  const { users, states } = await one.client.members(room);
  await checkShown(world, room, states);
  const is = users.toSorted().join(' ');
  const ought = [...new Set(inside.map(({ userId }) => userId))].toSorted().join(' ');
  if (is !== ought) world.ledger.violate('presence', `${room} has [${is}], and ought to have [${ought}]`);
};

/** Checks that a client's history has every written publication that has not expired. */
const checkHistory = async (
  { ledger, scheduler }: SimulatedWorld,
  room: string,
  { client }: Device,
): Promise<void> => {
  const found = await client.history(room);
  const { epoch: newest = '', offset: last = 0 } = ledger.head(room) ?? {};
  let first = last + 1;
  while (first > 1 && Number(ledger.find(room, newest, first - 1)?.expiresAt) > scheduler.now) first -= 1;
  const missing = last + 1 - first - found.length;
  if (missing !== 0) ledger.violate('history', `${room}: ${missing} of ${newest}#${last} are missing`);
  found.forEach(({ epoch, item }, index) => {
    const stored = ledger.find(room, epoch, item.offset);
    if (
      item.offset !== first + index ||
      stored?.id !== item.id ||
      stored.data !== JSON.stringify(item.data)
    ) {
      ledger.violate(
        'history',
        `${room} ${epoch}#${item.offset} is ${JSON.stringify(item)}, written: ${stored?.data}`,
      );
    }
  });
};
