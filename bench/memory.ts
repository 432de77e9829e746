// npm run bench:memory: measures how much a running fan-out adds to the heap, for two sizes of room.
import { PlainPusher } from '../src/application/delivery/plain-pusher.js';
import type { Membership } from '../src/domain/membership.js';

const PAGE = 5_000;

const clock = { now: () => Date.now(), sleep: async () => {} };
let peak = 0;
let pushes = 0;
const clients = {
  send: async () => {
    pushes += 1;
    if (pushes % 1_000 === 0) {
      globalThis.gc?.();
      peak = Math.max(peak, process.memoryUsage().heapUsed);
    }
    return 'delivered' as const;
  },
  close: async () => {},
  probe: async () => 'open' as const,
};

/** Pages like the store's: each is created on request. */
async function* room(size: number): AsyncGenerator<Membership[]> {
  for (let first = 0; first < size; first += PAGE) {
    yield Array.from({ length: Math.min(PAGE, size - first) }, (_, index) => ({
      room: 'lobby',
      connectionId: `connection-${first + index}=`,
      userId: `user-${first + index}`,
      connectedAt: 0,
      joinedAt: 0,
      expiresAt: Number.MAX_SAFE_INTEGER,
    }));
  }
}

const push = new PlainPusher(clients, clock, { concurrency: 64, openingMs: 0 });
const measure = async (size: number): Promise<number> => {
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  peak = before;
  await push.toAll(room(size), ['{}'], Number.MAX_SAFE_INTEGER);
  return (peak - before) / 2 ** 20;
};

await measure(PAGE);
const small = await measure(10_000);
const large = await measure(100_000);
console.log(`10,000 members    ${small.toFixed(1)} MiB at the most`);
console.log(`100,000 members   ${large.toFixed(1)} MiB at the most`);
console.log(`ratio             ${(large / small).toFixed(2)} for ten times the members`);
