import { ContainerModule } from 'inversify';
import { DynamoDBConnectionRepository } from '../../../../src/adapters/dynamodb/connection-repository.js';
import { DynamoDBCounters } from '../../../../src/adapters/dynamodb/counters.js';
import { DynamoDBPublicationLog } from '../../../../src/adapters/dynamodb/log/publication-log.js';
import {
  readStreamRecord,
  type StreamRecord,
} from '../../../../src/adapters/dynamodb/log/read-stream-record.js';
import { DynamoDBRoomRepository } from '../../../../src/adapters/dynamodb/room-repository.js';
import { DynamoDBUsedTokens } from '../../../../src/adapters/dynamodb/used-tokens.js';
import { authorization } from '../../../../src/entry/bindings/authorization.js';
import { limits } from '../../../../src/entry/bindings/limits.js';
import { createRateLimiter } from '../../../../src/entry/bindings/rate-limiter.js';
import { TOKENS } from '../../../../src/entry/bindings/tokens.js';
import { createApplication } from '../../../../src/entry/container.js';
import { EventLog } from '../../../../src/entry/event-log.js';
import { createFanOut, type StreamResult } from '../../../../src/entry/lambda/create-fan-out.js';
import { createRouter } from '../../../../src/entry/lambda/create-router.js';
import type { WebSocketResult } from '../../../../src/entry/lambda/events.js';
import { readSettings } from '../../../../src/entry/settings.js';
import type { Bug, Ports } from '../bugs/bug.js';
import type { Instance } from './instance.js';
import type { SeededRandom } from './seeded-random.js';
import { SimulatedNotifier } from './simulated-notifier.js';
import { SimulatedTable } from './simulated-table.js';
import type { World } from './world.js';

/** What is deployed, in one instance. */
export interface Functions {
  router(event: object): Promise<WebSocketResult>;
  fanOut(
    event: { Records: StreamRecord[] },
    context: { getRemainingTimeInMillis(): number },
  ): Promise<StreamResult>;
}

const quiet = new EventLog('silent');

/** The production code on production adapters; below them, simulated tables, sockets, time and chance. */
export const createFunctions = (instance: Instance, world: World, random: SeededRandom): Functions => {
  const { settings, bug = {} as Bug } = world;
  const place = { instance, world, random };
  const table = (rows: typeof world.connections) =>
    new SimulatedTable(rows, instance.perform, settings.pageBytes, () => world.scheduler.now);
  const connectionsTable =
    bug.connectionsTable?.(table(world.connections), place) ?? table(world.connections);
  const messagesTable = bug.messagesTable?.(table(world.messages), place) ?? table(world.messages);

  const plain: Ports = {
    clients: new SimulatedNotifier(instance, world, random),
    clock: instance,
    connections: new DynamoDBConnectionRepository(connectionsTable, instance),
    log: new DynamoDBPublicationLog(messagesTable, instance, random),
    random,
    rooms: new DynamoDBRoomRepository(connectionsTable, instance),
  };
  const ports: Ports = { ...plain, ...bug.ports?.(plain, { ...place, messagesTable, connectionsTable }) };

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
    bind(TOKENS.log).toConstantValue(ports.log);
    bind(TOKENS.random).toConstantValue(ports.random);
    bind(TOKENS.rooms).toConstantValue(ports.rooms);
    bind(TOKENS.pushOptions).toConstantValue({
      concurrency: settings.concurrency,
      openingMs: settings.openingMs,
    });
    bind(TOKENS.usedTokens).toConstantValue(new DynamoDBUsedTokens(connectionsTable, instance));
    const counters = new DynamoDBCounters(connectionsTable, instance);
    bind(TOKENS.limiter).toConstantValue(createRateLimiter(deployed, counters));
  });
  const application = createApplication(adapters, authorization(deployed), limits(deployed));
  const changed = bug.application?.(application, ports) ?? application;
  const handler = createFanOut(changed, readStreamRecord, quiet);
  // In here, `Date.now` is the world's; a process has one clock.
  const fanOut: Functions['fanOut'] = (event, context) => {
    const aheadMs = instance.now() - world.scheduler.now;
    return handler(event, {
      getRemainingTimeInMillis: () => context.getRemainingTimeInMillis() + aheadMs,
    });
  };
  return { router: createRouter(changed, quiet), fanOut: bug.fanOut?.(fanOut) ?? fanOut };
};
