import { setTimeout as sleep } from 'node:timers/promises';
import { VirtualClock } from './virtual-clock.js';

/** Its time stands still, but `sleep` really waits: colliding writers need time to let each other pass. */
export class RealSleepClock extends VirtualClock {
  override async sleep(ms: number): Promise<void> {
    await sleep(ms);
  }
}
