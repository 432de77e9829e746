import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ContainerModule } from 'inversify';
import { EVERYONE, type Room } from '../../../../protocol/names.js';
import { DynamoDBConnectionRepository } from '../../../../src/adapters/dynamodb/connection-repository.js';
import { DynamoDBHandover } from '../../../../src/adapters/dynamodb/log/handover.js';
import { DynamoDBPublicationLog } from '../../../../src/adapters/dynamodb/log/publication-log.js';
import { readStreamRecord } from '../../../../src/adapters/dynamodb/log/read-stream-record.js';
import { DynamoDBMemberStates } from '../../../../src/adapters/dynamodb/member-states.js';
import { DynamoDBRoomRepository } from '../../../../src/adapters/dynamodb/room-repository.js';
import { InMemoryUsedTokens } from '../../../../src/adapters/in-memory/used-tokens.js';
import { toPiece } from '../../../../src/adapters/sqs/piece-message.js';
import { SystemRandom } from '../../../../src/adapters/system/system-random.js';
import { UnlimitedRateLimiter } from '../../../../src/adapters/unlimited/rate-limiter.js';
import type { Caller } from '../../../../src/domain/access/caller.js';
import { ALL_PERMISSIONS } from '../../../../src/domain/access/permissions.js';
import { JsonText } from '../../../../src/domain/json/json-text.js';
import type { Application } from '../../../../src/entry/application.js';
import { authorization } from '../../../../src/entry/bindings/authorization.js';
import { limits } from '../../../../src/entry/bindings/limits.js';
import { onQueue } from '../../../../src/entry/bindings/stores/on-queue.js';
import { TOKENS } from '../../../../src/entry/bindings/tokens.js';
import { createApplication } from '../../../../src/entry/container.js';
import { EventLog } from '../../../../src/entry/event-log.js';
import { createFanOut } from '../../../../src/entry/lambda/handlers/create-fan-out.js';
import { createPieces } from '../../../../src/entry/lambda/handlers/create-pieces.js';
import { type LocalQueue, openQueue } from '../../../../src/entry/local/queue/open-queue.js';
import { readQueueSettings } from '../../../../src/entry/local/queue/queue-settings.js';
import { EventSourceMapping } from '../../../../src/entry/local/stream/event-source-mapping.js';
import { readStreamFunction } from '../../../../src/entry/local/stream/mapping-settings.js';
import { ObservedTable } from '../../../../src/entry/local/stream/observed-table.js';
import { toStreamRecord } from '../../../../src/entry/local/stream/stream-record.js';
import { readSettings } from '../../../../src/entry/settings.js';
import { connectionOf, membershipOf } from '../../../contracts/repositories.js';
import { Rows } from '../../../robustness/torture/simulation/aws/rows.js';
import { AT_ONCE, SimulatedTable } from '../../../robustness/torture/simulation/aws/simulated-table.js';
import { VirtualClock } from '../../../support/time/virtual-clock.js';
import { InMemoryClients } from '../../../support/worlds/in-memory-clients.js';

const TEMPLATE = new URL('../../../../serverless.yml', import.meta.url);
const MEMBERS = 12_000;

describe('a publication to 12,000 members, through stream, cutter, queue and pieces', () => {
  const clock = new VirtualClock();
  let clients: InMemoryClients;
  let queue: LocalQueue;
  let application: Application;
  let stream: EventSourceMapping;
  let mapping: ReturnType<LocalQueue['serve']>;
  let connections: DynamoDBConnectionRepository;
  let rooms: DynamoDBRoomRepository;
  let handled: { fanOut: number; pieces: number };

  beforeEach(async () => {
    clients = new InMemoryClients();
    queue = await openQueue(readQueueSettings(TEMPLATE, 'pieces', 'PieceQueue'));
    handled = { fanOut: 0, pieces: 0 };
    const settings = readSettings({
      AUTH_MODE: 'guest',
      PIECE_QUEUE_URL: queue.urls.queue,
      PIECE_FAILURES_URL: queue.urls.failures,
    });
    const table = new SimulatedTable(new Rows(), AT_ONCE);
    let records = 0;
    const messages = new ObservedTable(new SimulatedTable(new Rows(), AT_ONCE), (write) => {
      records += 1;
      stream.add(toStreamRecord(write, records, 'messages'));
    });
    const random = new SystemRandom();
    connections = new DynamoDBConnectionRepository(table, clock);
    rooms = new DynamoDBRoomRepository(table, clock);
    const adapters = new ContainerModule(({ bind }) => {
      bind(TOKENS.clients).toConstantValue(clients);
      bind(TOKENS.clock).toConstantValue(clock);
      bind(TOKENS.random).toConstantValue(random);
      bind(TOKENS.pushOptions).toConstantValue({ concurrency: 64, openingMs: 0 });
      bind(TOKENS.connections).toConstantValue(connections);
      bind(TOKENS.rooms).toConstantValue(rooms);
      bind(TOKENS.memberStates).toConstantValue(new DynamoDBMemberStates(table));
      bind(TOKENS.usedTokens).toConstantValue(new InMemoryUsedTokens(clock));
      bind(TOKENS.log).toConstantValue(new DynamoDBPublicationLog(messages, clock, random));
      bind(TOKENS.handover).toConstantValue(new DynamoDBHandover(messages, random));
      bind(TOKENS.limiter).toConstantValue(new UnlimitedRateLimiter());
    });
    application = createApplication(
      adapters,
      onQueue(settings, queue.access),
      authorization(settings),
      limits(settings),
    );
    const log = new EventLog('silent');
    const fanOut = createFanOut(application, readStreamRecord, log);
    const pieces = createPieces(application, toPiece, log);
    stream = new EventSourceMapping({
      settings: readStreamFunction(TEMPLATE, 'fanOut').mapping,
      timeout: 120,
      // Handlers use the system's clock, everything else here another one.
      handler: (event) => {
        handled.fanOut += 1;
        return fanOut(event, { getRemainingTimeInMillis: () => clock.now() + 120_000 - Date.now() });
      },
      onFailure: () => {},
    });
    mapping = queue.serve(async (event) => {
      handled.pieces += event.Records.length;
      return pieces(event, { getRemainingTimeInMillis: () => clock.now() + 120_000 - Date.now() });
    }, 16);
  });

  afterEach(async () => {
    await stream.stop();
    await queue.stop();
  });

  const fill = async (room: Room): Promise<string[]> => {
    const ids = Array.from({ length: MEMBERS }, (_, n) => `Connection${n}=`);
    for (const [n, id] of ids.entries()) {
      const connection = connectionOf(`user-${n}`, id, clock.now());
      clients.open(id);
      await connections.save(connection);
      if (room !== EVERYONE) await rooms.join(membershipOf(connection, room, clock.now()));
    }
    return ids;
  };

  it.each([
    [EVERYONE, 17],
    ['lobby', 3],
  ] as const)('of %s reaches all of them once, in order, by %d pieces each', async (room, sections) => {
    const ids = await fill(room);
    const [alice = ''] = ids;
    const caller: Caller = {
      connectionId: alice,
      userId: 'user-0',
      connectedAt: clock.now(),
      requestId: 'request',
      granted: ALL_PERMISSIONS,
    };
    const data = JsonText.of('hello');

    for (let n = 0; n < 3; n += 1) {
      if (room === EVERYONE) await application.broadcast.execute(caller, { action: 'broadcast', data });
      else await application.publishToRoom.execute(caller, { action: 'publish', room, data });
      await stream.idle();
    }
    await mapping.idle();

    for (const id of ids) {
      const frames = clients.take(id) as { room: string; items: { offset: number }[] }[];
      expect(frames.flatMap(({ items }) => items.map(({ offset }) => offset))).toEqual([1, 2, 3]);
    }
    expect(handled).toEqual({ fanOut: 3, pieces: 3 * sections });
    expect(queue.failures.messages).toEqual([]);
  });
});
