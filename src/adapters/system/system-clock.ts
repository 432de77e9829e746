import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../../application/ports/clock.js';

export class SystemClock implements Clock {
  now(): number {
    return Date.now();
  }

  async sleep(ms: number): Promise<void> {
    await sleep(ms);
  }
}
