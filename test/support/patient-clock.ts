import { setTimeout as sleep } from 'node:timers/promises';
import { VirtualClock } from './virtual-clock.js';

/** Stands still too, but who sleeps waits: those who collide have to get out of each other's way. */
export class PatientClock extends VirtualClock {
  override async sleep(ms: number): Promise<void> {
    await sleep(ms);
  }
}
