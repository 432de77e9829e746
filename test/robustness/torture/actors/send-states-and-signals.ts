import type { SimulatedWorld } from '../simulation/simulated-world.js';
import type { Device } from './device.js';

/** States that a careless store would corrupt. */
const AWKWARD: unknown[] = [null, { constructor: 1 }, 'ä🙂', [[]], 1e300];

/** Sets states and sends signals at random until the storm is over, beside the device's other actions. */
export const sendStatesAndSignals = async (
  world: SimulatedWorld,
  device: Device,
  until: number,
): Promise<void> => {
  const { scheduler, settings } = world;
  if (!settings.sociable) return;
  const { name, client } = device;
  const random = world.random.fork(`${name} is sociable at ${scheduler.now}`);
  for (let said = 1; ; said += 1) {
    await scheduler.sleep(random.between(0, 3 * settings.pauseMs));
    if (scheduler.now >= until) return;
    const rooms = client.rooms().filter((room) => settings.rooms.includes(room));
    const what = `${name} ${scheduler.now} ${said}`;
    if (rooms.length === 0 || random.chance(0.2)) {
      client.signal(`@u${random.whole(0, settings.users - 1)}`, what);
    } else if (random.chance(0.4)) client.signal(random.pick(rooms), what);
    else {
      const state = random.chance(0.2) ? random.pick(AWKWARD) : { at: what };
      // Refusals are checked when they are answered.
      await client.setState(random.pick(rooms), state).catch(() => {});
    }
  }
};
