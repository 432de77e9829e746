import { DynamoDBConnectionRepository } from '../../../../../src/adapters/dynamodb/connection-repository.js';
import { DynamoDBCounters } from '../../../../../src/adapters/dynamodb/counters.js';
import { DynamoDBHandover } from '../../../../../src/adapters/dynamodb/log/handover.js';
import { DynamoDBPublicationLog } from '../../../../../src/adapters/dynamodb/log/publication-log.js';
import { DynamoDBMemberStates } from '../../../../../src/adapters/dynamodb/member-states.js';
import { DynamoDBRoomRepository } from '../../../../../src/adapters/dynamodb/room-repository.js';
import type { Row } from '../../../../../src/adapters/dynamodb/table/table.js';
import { DynamoDBUsedTokens } from '../../../../../src/adapters/dynamodb/used-tokens.js';
import { readStreamFunction } from '../../../../../src/entry/local/stream/mapping-settings.js';
import type { Bug, Ports } from '../../bugs/bug.js';
import type { InstanceContext } from '../instances/instance-context.js';
import type { SimulatedWorld } from '../simulated-world.js';
import type { InstanceParts, Store, StoreAdapters, StoredMember, StoredStamp } from '../store/store.js';
import { keepJournal } from './journal.js';
import { Rows } from './rows.js';
import { SimulatedStream } from './simulated-stream.js';
import { SimulatedTable } from './simulated-table.js';

const TEMPLATE = new URL('../../../../../serverless.yml', import.meta.url);
const { mapping } = readStreamFunction(TEMPLATE, 'fanOut');

const EXPIRING = ['CONNECTION#', 'ROOM#', 'BOUNDS#', 'LOG#', 'CLAIM#'];

/** Both tables, and the stream of one. */
export class SimulatedDynamoDB implements Store {
  readonly #connections = new Rows();
  readonly #messages = new Rows();
  readonly #stream: SimulatedStream;

  constructor(private readonly world: SimulatedWorld) {
    keepJournal(this.#messages, world.ledger, world.scheduler);
    const { filterPatterns, maximumRetryAttempts } = mapping;
    this.#stream = new SimulatedStream(world, this.#messages, filterPatterns, maximumRetryAttempts);
  }

  adapters(place: InstanceContext, parts: InstanceParts): StoreAdapters {
    const { instance, world, random } = place;
    const { bug = {} as Bug, settings } = world;
    const table = (rows: Rows) =>
      new SimulatedTable(rows, instance.perform, settings.pageBytes, () => world.scheduler.now);
    const connectionsTable =
      bug.connectionsTable?.(table(this.#connections), place) ?? table(this.#connections);
    const messagesTable = bug.messagesTable?.(table(this.#messages), place) ?? table(this.#messages);
    const plain: Ports = {
      ...parts,
      connections: new DynamoDBConnectionRepository(connectionsTable, instance),
      handover: new DynamoDBHandover(messagesTable, random),
      log: new DynamoDBPublicationLog(messagesTable, instance, random),
      rooms: new DynamoDBRoomRepository(connectionsTable, instance),
    };
    return {
      ...plain,
      ...bug.ports?.(plain, { ...place, messagesTable, connectionsTable }),
      memberStates: new DynamoDBMemberStates(connectionsTable),
      usedTokens: new DynamoDBUsedTokens(connectionsTable, instance),
      counters: new DynamoDBCounters(connectionsTable, instance),
    };
  }

  get idle(): boolean {
    return this.#stream.idle;
  }

  async members(): Promise<StoredMember[]> {
    return this.#liveMembers().map(({ pk, sk, withoutPresence }) => ({
      room: roomOf(pk),
      connectionId: sk,
      isBlind: withoutPresence === true,
    }));
  }

  async stamps(room: string): Promise<StoredStamp[]> {
    return this.#liveMembers()
      .filter(({ pk, stateCounter }) => roomOf(pk) === room && stateCounter !== undefined)
      .map(({ sk, userId, stateCounter, stateHash }) => ({
        connectionId: sk,
        userId: String(userId),
        counter: Number(stateCounter),
        hash: Number(stateHash),
      }));
  }

  #liveMembers(): Row[] {
    return this.#connections
      .all('ROOM#')
      .filter(({ expiresAt }) => Number(expiresAt) > this.world.scheduler.now);
  }

  async listed(connectionId: string): Promise<string[]> {
    const row = this.#connections.get({ pk: `CONNECTION#${connectionId}`, sk: 'CONNECTION' });
    return [...((row?.rooms as Set<string>) ?? [])];
  }

  /** In no order. */
  async sweep(): Promise<void> {
    const { scheduler, random } = this.world;
    for (const rows of [this.#connections, this.#messages]) {
      for (const item of EXPIRING.flatMap((prefix) => rows.all(prefix))) {
        const expired = item.ttl !== undefined && Number(item.ttl) * 1_000 < scheduler.now;
        if (expired && random.chance(0.5)) rows.delete(item);
      }
    }
  }

  keepsFromDelivery(fault: string, room: string): boolean {
    return fault.startsWith(`update LOG#${room} `);
  }
}

const roomOf = (pk: string): string => pk.split('#')[1] ?? '';
