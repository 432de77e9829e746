import type { SimulatedWorld } from '../simulation/simulated-world.js';
import type { Device } from './device.js';

/** Data that a careless store would corrupt. */
const AWKWARD: unknown[] = [
  { constructor: 1 },
  1e300,
  '\u0000',
  [[[[[]]]]],
  null,
  { __proto: 'ä🙂' },
  'x'.repeat(3_000),
  'ä'.repeat(6_000),
];

/**
 * The random actions of one device until the storm is over. Resolves when each has been answered or permanently
 * refused.
 */
export const actAtRandom = async (world: SimulatedWorld, device: Device, until: number): Promise<void> => {
  const { scheduler, settings } = world;
  const { random } = device;
  const publishing = new Set<Promise<void>>();
  let published = 0;

  const track = (done: Promise<unknown>): void => {
    const settled: Promise<void> = done.then(noted, noted).then(() => void publishing.delete(settled));
    publishing.add(settled);
  };

  const send = async (room: string, data: unknown, key: string): Promise<void> => {
    const name = `${room} ${key}`;
    device.unanswered.set(name, { room, data, key });
    await device.client.publish(room, data, key);
    device.unanswered.delete(name);
  };

  const publish = (room: string): void => {
    published += 1;
    const n = `${device.name}-${published}`;
    // Users share no keys; the devices of one user do.
    const second = `shared-${Math.floor(scheduler.now / 1_000)}`;
    const isShared = random.chance(0.3);
    const key = isShared ? second : random.chance(0.85) ? `${n}-${random.id(8)}` : undefined;
    const awkward = !isShared && random.chance(0.1) && { awkward: random.pick(AWKWARD) };
    const data = { n: isShared ? `${device.userId}-${second}` : n, ...awkward };
    if (key === undefined) {
      track(device.client.publish(room, data, key));
      return;
    }
    // Some send it twice at once.
    const times = random.chance(0.2) ? 2 : 1;
    const done = Promise.all(Array.from({ length: times }, () => send(room, data, key)));
    track(
      done.then(() => (random.chance(0.03) ? device.client.publish(room, 'other data', key) : undefined)),
    );
  };

  for (const { room, data, key } of device.unanswered.values())
    scheduler.after(random.between(0, 4_000), () => track(send(room, data, key)));
  await scheduler.sleep(random.between(0, 1_500));
  while (scheduler.now < until) {
    // Sometimes many devices act in the same moment.
    const together = random.chance(0.3) ? 1_000 - (scheduler.now % 1_000) + random.between(0, 5) : undefined;
    await scheduler.sleep(together ?? random.between(0, settings.pauseMs));
    if (publishing.size < 4) await act(world, device, publish).catch(noted);
  }
  await Promise.all(publishing);
};

/** Refusals are checked when they are answered. */
const noted = (): void => {};

const drop = ({ gateway }: SimulatedWorld, device: string): void => {
  const connection = gateway.currentOf(device);
  if (connection) gateway.hangUp(connection.id);
};

const act = async (
  world: SimulatedWorld,
  { name, client, random }: Device,
  publish: (room: string) => void,
) => {
  const { gateway, settings, scheduler } = world;
  const joined = client.rooms().filter((room) => settings.rooms.includes(room));
  const others = settings.rooms.filter((room) => !joined.includes(room));
  const dice = random.number();
  if (dice < 0.5) {
    if (joined.length > 0) publish(random.pick(joined));
    else await client.join(random.pick(settings.rooms), random.chance(0.5));
  } else if (dice < 0.66) {
    // Some lose the connection before the join is answered.
    if (random.chance(0.2)) scheduler.after(random.between(20, 120), () => drop(world, name));
    if (others.length > 0) await client.join(random.pick(others), random.chance(0.5));
  } else if (dice < 0.72) {
    if (joined.length > 0) await client.leave(random.pick(joined));
  } else if (dice < 0.8) publish(`@u${random.whole(0, settings.users - 1)}`);
  else if (dice < 0.82) publish('*');
  else if (dice < 0.84) await client.history(random.pick(client.rooms()));
  else if (dice < 0.86)
    await client.history(random.pick([...others, `@u${random.whole(0, settings.users - 1)}`]));
  else if (dice < 0.88) await client.upToDate();
  else {
    const connection = gateway.currentOf(name);
    if (!connection) return;
    if (random.chance(0.4)) gateway.hangUp(connection.id);
    else gateway.cut(connection.id, random.between(0, 3_000), random.between(0, 12_000));
  }
};
