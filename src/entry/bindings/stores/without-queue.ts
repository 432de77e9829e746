import { ContainerModule } from 'inversify';
import type { PieceQueue } from '../../../application/ports/piece-queue.js';
import { TOKENS } from '../tokens.js';

const refuse = (): Promise<void> => Promise.reject(new Error('This function has no queue'));

const noQueue: PieceQueue = { add: refuse, giveUp: refuse };

/** For functions that cut nothing and serve no pieces: their bundles leave out the client of the queue. */
export const withoutQueue = (): ContainerModule =>
  new ContainerModule(({ bind }) => {
    bind(TOKENS.pieces).toConstantValue(noQueue);
  });
