import { ContainerModule } from 'inversify';
import { InMemoryConnectionRepository } from '../../../adapters/in-memory/connection-repository.js';
import { InMemoryCounters } from '../../../adapters/in-memory/counters.js';
import { InMemoryHandover } from '../../../adapters/in-memory/handover.js';
import { InMemoryMemberStates } from '../../../adapters/in-memory/member-states.js';
import { MemoryStore } from '../../../adapters/in-memory/memory-store.js';
import { InMemoryPieceQueue } from '../../../adapters/in-memory/piece-queue.js';
import { InMemoryPublicationLog } from '../../../adapters/in-memory/publication-log.js';
import { InMemoryRoomRepository } from '../../../adapters/in-memory/room-repository.js';
import { InMemoryUsedTokens } from '../../../adapters/in-memory/used-tokens.js';
import type { ClientNotifier } from '../../../application/ports/client-notifier.js';
import type { Clock } from '../../../application/ports/clock.js';
import type { PieceQueue } from '../../../application/ports/piece-queue.js';
import type { Random } from '../../../application/ports/random.js';
import type { Publication } from '../../../domain/publications/publication.js';
import type { EventLog } from '../../event-log.js';
import { retentionMsOf, type Settings } from '../../settings.js';
import { createRateLimiter, warnOfReset } from '../rate-limiter.js';
import { TOKENS } from '../tokens.js';

export interface InMemoryOptions {
  clients: ClientNotifier;
  clock: Clock;
  random: Random;
  settings: Settings;
  log?: EventLog;
  /** Receives publications that are handed over. */
  onHandover?: (publication: Publication) => void;
  pieces?: PieceQueue;
}

/** Keeps everything in memory: for unit tests, and for a local run that leaves no files. */
export const inMemory = ({
  clients,
  clock,
  random,
  settings,
  onHandover = () => {},
  pieces = new InMemoryPieceQueue(clock),
  log,
}: InMemoryOptions): ContainerModule =>
  new ContainerModule(({ bind }) => {
    const store = new MemoryStore();
    bind(TOKENS.clients).toConstantValue(clients);
    bind(TOKENS.clock).toConstantValue(clock);
    bind(TOKENS.random).toConstantValue(random);
    bind(TOKENS.pushOptions).toConstantValue({ concurrency: 16, openingMs: settings.OPENING_MS });
    bind(TOKENS.connections).toConstantValue(new InMemoryConnectionRepository(store, clock));
    bind(TOKENS.usedTokens).toConstantValue(new InMemoryUsedTokens(clock));
    bind(TOKENS.rooms).toConstantValue(new InMemoryRoomRepository(store, clock));
    bind(TOKENS.memberStates).toConstantValue(new InMemoryMemberStates(store));
    bind(TOKENS.log).toConstantValue(new InMemoryPublicationLog(clock, random, retentionMsOf(settings)));
    bind(TOKENS.pieces).toConstantValue(pieces);
    bind(TOKENS.handover).toConstantValue(new InMemoryHandover(onHandover));
    const counters = new InMemoryCounters(clock, warnOfReset(log));
    bind(TOKENS.limiter).toConstantValue(createRateLimiter(settings, counters));
  });
