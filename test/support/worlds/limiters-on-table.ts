import { DynamoDBCounters } from '../../../src/adapters/dynamodb/counters.js';
import type { Table } from '../../../src/adapters/dynamodb/table/table.js';
import type { LimitReset } from '../../../src/application/ports/rate-limiter.js';
import { CountingRateLimiter } from '../../../src/domain/limits/counting-rate-limiter.js';
import { FRAME_LIMIT } from '../../../src/domain/limits/frame-limit.js';
import { VirtualClock } from '../time/virtual-clock.js';

/** The limiters of two processes, each with a clock of its own. */
export const limitersOnTable = (table: Table) => {
  const [clock, otherClock] = [new VirtualClock(), new VirtualClock()];
  const resets: LimitReset[] = [];
  const create = (its: VirtualClock) =>
    new CountingRateLimiter(new DynamoDBCounters(table, its, (reset) => resets.push(reset)), FRAME_LIMIT, 10);
  return { limiter: create(clock), other: create(otherClock), clock, otherClock, resets };
};
