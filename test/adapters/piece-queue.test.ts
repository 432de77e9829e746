import { InMemoryPieceQueue } from '../../src/adapters/in-memory/piece-queue.js';
import { pieceQueueContract } from '../contracts/piece-queue.contract.js';
import { VirtualClock } from '../support/time/virtual-clock.js';
import { TestQueue } from '../support/worlds/test-queue.js';

const server = new TestQueue();

pieceQueueContract('in memory', async () => {
  const clock = new VirtualClock();
  const queue = new InMemoryPieceQueue(clock);
  return {
    queue,
    take: async () => queue.take(),
    gaveUp: async () => [...queue.gaveUp],
    advance: (ms) => clock.advance(ms),
  };
});

pieceQueueContract('SQS', () => server.pieces());
