import { ContainerModule } from 'inversify';
import { DynamoDBConnectionRepository } from '../../../src/adapters/dynamodb/connection-repository.js';
import { DynamoDBCounters } from '../../../src/adapters/dynamodb/counters.js';
import { DynamoDBHandover } from '../../../src/adapters/dynamodb/log/handover.js';
import { DynamoDBPublicationLog } from '../../../src/adapters/dynamodb/log/publication-log.js';
import { DynamoDBMemberStates } from '../../../src/adapters/dynamodb/member-states.js';
import { DynamoDBRoomRepository } from '../../../src/adapters/dynamodb/room-repository.js';
import type { Table } from '../../../src/adapters/dynamodb/table/table.js';
import { DynamoDBUsedTokens } from '../../../src/adapters/dynamodb/used-tokens.js';
import { InMemoryPieceQueue } from '../../../src/adapters/in-memory/piece-queue.js';
import { SystemRandom } from '../../../src/adapters/system/system-random.js';
import type { Clock } from '../../../src/application/ports/clock.js';
import type { Caller } from '../../../src/domain/access/caller.js';
import { ALL_PERMISSIONS, formatPermissions } from '../../../src/domain/access/permissions.js';
import type { Application } from '../../../src/entry/application.js';
import { authorization } from '../../../src/entry/bindings/authorization.js';
import { limits } from '../../../src/entry/bindings/limits.js';
import { createRateLimiter } from '../../../src/entry/bindings/rate-limiter.js';
import { TOKENS } from '../../../src/entry/bindings/tokens.js';
import { createApplication } from '../../../src/entry/container.js';
import { readSettings } from '../../../src/entry/settings.js';
import { CountingTable } from '../tables/counting-table.js';
import { VirtualClock } from '../time/virtual-clock.js';
import { InMemoryClients } from './in-memory-clients.js';

/** The whole system on DynamoDB tables that record each operation. */
export class CountedWorld {
  readonly clients = new InMemoryClients();
  readonly app: Application;
  readonly operations: string[] = [];

  constructor(
    connectionsTable: Table,
    messagesTable: Table,
    environment: Record<string, string> = {},
    readonly clock: Clock & { advance(ms: number): void } = new VirtualClock(),
  ) {
    const settings = readSettings({ AUTH_MODE: 'guest', RATE_LIMIT: 'off', ...environment });
    const connections = new CountingTable(connectionsTable, this.operations);
    const messages = new CountingTable(messagesTable, this.operations);
    const random = new SystemRandom();
    const adapters = new ContainerModule(({ bind }) => {
      bind(TOKENS.clients).toConstantValue(this.clients);
      bind(TOKENS.clock).toConstantValue(this.clock);
      bind(TOKENS.random).toConstantValue(random);
      bind(TOKENS.pushOptions).toConstantValue({ concurrency: 16, openingMs: settings.OPENING_MS });
      bind(TOKENS.connections).toConstantValue(new DynamoDBConnectionRepository(connections, this.clock));
      bind(TOKENS.rooms).toConstantValue(new DynamoDBRoomRepository(connections, this.clock));
      bind(TOKENS.memberStates).toConstantValue(new DynamoDBMemberStates(connections));
      bind(TOKENS.usedTokens).toConstantValue(new DynamoDBUsedTokens(connections, this.clock));
      bind(TOKENS.log).toConstantValue(new DynamoDBPublicationLog(messages, this.clock, random));
      bind(TOKENS.pieces).toConstantValue(new InMemoryPieceQueue(this.clock));
      bind(TOKENS.handover).toConstantValue(new DynamoDBHandover(messages, random));
      const counters = new DynamoDBCounters(connections, this.clock);
      bind(TOKENS.limiter).toConstantValue(createRateLimiter(settings, counters));
    });
    this.app = createApplication(adapters, authorization(settings), limits(settings));
  }

  async connect(userId: string): Promise<Caller> {
    const connectedAt = this.clock.now();
    const permissions = formatPermissions(ALL_PERMISSIONS);
    const requestId = 'request';
    const identity = { connectionId: `${userId}=`, userId, connectedAt, requestId, permissions };
    const caller: Caller = { ...identity, granted: ALL_PERMISSIONS };
    this.clients.open(caller.connectionId);
    await this.app.connect.execute(caller);
    this.clock.advance(10_000);
    return caller;
  }

  /** The operations during this call, in alphabetical order because some run at once. */
  async operationsOf(work: () => Promise<unknown>): Promise<string[]> {
    this.operations.length = 0;
    await work();
    return [...this.operations].sort();
  }
}
