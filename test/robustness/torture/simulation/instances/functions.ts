import { ContainerModule } from 'inversify';
import {
  readStreamRecord,
  type StreamRecord,
} from '../../../../../src/adapters/dynamodb/log/read-stream-record.js';
import { toPiece } from '../../../../../src/adapters/sqs/piece-message.js';
import { authorization } from '../../../../../src/entry/bindings/authorization.js';
import { limits } from '../../../../../src/entry/bindings/limits.js';
import { createRateLimiter } from '../../../../../src/entry/bindings/rate-limiter.js';
import { TOKENS } from '../../../../../src/entry/bindings/tokens.js';
import { createApplication } from '../../../../../src/entry/container.js';
import { EventLog } from '../../../../../src/entry/event-log.js';
import { createFanOut, type StreamResult } from '../../../../../src/entry/lambda/handlers/create-fan-out.js';
import {
  createPieces,
  type QueueMessage,
  type QueueResult,
} from '../../../../../src/entry/lambda/handlers/create-pieces.js';
import { createRouter } from '../../../../../src/entry/lambda/handlers/create-router.js';
import type { WebSocketResult } from '../../../../../src/entry/lambda/handlers/events.js';
import { createDisconnectUser } from '../../../../../src/entry/lambda/operators/create-disconnect-user.js';
import { createRemoveUser } from '../../../../../src/entry/lambda/operators/create-remove-user.js';
import { readSettings } from '../../../../../src/entry/settings.js';
import type { Bug } from '../../bugs/bug.js';
import { SimulatedNotifier } from '../aws/simulated-notifier.js';
import { SimulatedPieceQueue } from '../aws/simulated-piece-queue.js';
import { SimulatedTokens } from '../aws/simulated-tokens.js';
import type { SeededRandom } from '../seeded-random.js';
import type { SimulatedWorld } from '../simulated-world.js';
import type { Instance } from './instance.js';

/** The deployed functions, in one instance. */
export interface Functions {
  router(event: object): Promise<WebSocketResult>;
  fanOut(
    event: { Records: StreamRecord[] },
    context: { getRemainingTimeInMillis(): number },
  ): Promise<StreamResult>;
  /** Undefined when not all of the user's connections could be closed. */
  disconnectUser(userId: string): Promise<object | undefined>;
  /** Undefined when not all of them could be taken out of the room. */
  removeUser(userId: string, room: string): Promise<object | undefined>;
  pieces(
    event: { Records: QueueMessage[] },
    context: { getRemainingTimeInMillis(): number },
  ): Promise<QueueResult>;
}

const quiet = new EventLog('silent');

/** The production code and adapters, on a simulated store, sockets, time and random numbers. */
export const createFunctions = (
  instance: Instance,
  world: SimulatedWorld,
  random: SeededRandom,
): Functions => {
  const { settings, bug = {} as Bug } = world;
  const ports = world.store.adapters(
    { instance, world, random },
    {
      clients: new SimulatedNotifier(instance, world, random),
      clock: instance,
      pieces: new SimulatedPieceQueue(instance, world, random),
      random,
    },
  );

  const deployed = readSettings({
    AUTH_MODE: 'guest',
    FAN_OUT_INLINE_LIMIT: String(settings.inlineLimit),
    OPENING_MS: String(settings.openingMs),
    RATE_LIMIT: settings.rateLimit ? 'on' : 'off',
  });
  const adapters = new ContainerModule(({ bind }) => {
    bind(TOKENS.clients).toConstantValue(ports.clients);
    bind(TOKENS.clock).toConstantValue(ports.clock);
    bind(TOKENS.connections).toConstantValue(ports.connections);
    bind(TOKENS.pieces).toConstantValue(ports.pieces);
    bind(TOKENS.handover).toConstantValue(ports.handover);
    bind(TOKENS.log).toConstantValue(ports.log);
    bind(TOKENS.random).toConstantValue(ports.random);
    bind(TOKENS.rooms).toConstantValue(ports.rooms);
    bind(TOKENS.memberStates).toConstantValue(ports.memberStates);
    bind(TOKENS.pushOptions).toConstantValue({
      concurrency: settings.concurrency,
      openingMs: settings.openingMs,
    });
    bind(TOKENS.usedTokens).toConstantValue(ports.usedTokens);
    bind(TOKENS.limiter).toConstantValue(createRateLimiter(deployed, ports.counters));
  });
  const tokens = new ContainerModule(({ rebind }) => {
    rebind(TOKENS.tokens).toConstantValue(new SimulatedTokens());
  });
  const application = createApplication(
    adapters,
    authorization(deployed),
    limits(deployed, { pieceMembers: settings.pieceMembers }),
    tokens,
  );
  const changed = bug.application?.(application, ports) ?? application;
  const fanOut = inVirtualTime(createFanOut(changed, readStreamRecord, quiet), instance, world);
  const pieces = inVirtualTime(createPieces(changed, toPiece, quiet), instance, world);
  const kick = createDisconnectUser(changed, quiet);
  const remove = createRemoveUser(changed, quiet);
  return {
    router: createRouter(changed, quiet),
    fanOut: bug.fanOut?.(fanOut) ?? fanOut,
    pieces,
    disconnectUser: (userId) => kick({ userId }).catch(() => undefined),
    removeUser: (userId, room) => remove({ userId, room }).catch(() => undefined),
  };
};

/** Inside the simulation, `Date.now` is the world's, but each process has one clock of its own. */
const inVirtualTime =
  <Event, Result>(
    handler: (event: Event, context: { getRemainingTimeInMillis(): number }) => Promise<Result>,
    instance: Instance,
    world: SimulatedWorld,
  ): typeof handler =>
  (event, context) => {
    const aheadMs = instance.now() - world.scheduler.now;
    return handler(event, { getRemainingTimeInMillis: () => context.getRemainingTimeInMillis() + aheadMs });
  };
