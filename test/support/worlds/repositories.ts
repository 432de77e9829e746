import { DynamoDBConnectionRepository } from '../../../src/adapters/dynamodb/connection-repository.js';
import { DynamoDBMemberStates } from '../../../src/adapters/dynamodb/member-states.js';
import { DynamoDBRoomRepository } from '../../../src/adapters/dynamodb/room-repository.js';
import type { Table } from '../../../src/adapters/dynamodb/table/table.js';
import { InMemoryConnectionRepository } from '../../../src/adapters/in-memory/connection-repository.js';
import { InMemoryMemberStates } from '../../../src/adapters/in-memory/member-states.js';
import { MemoryStore } from '../../../src/adapters/in-memory/memory-store.js';
import { InMemoryRoomRepository } from '../../../src/adapters/in-memory/room-repository.js';
import { MySqlConnectionRepository } from '../../../src/adapters/mysql/connection-repository.js';
import type { Database } from '../../../src/adapters/mysql/database/database.js';
import { MySqlMemberStates } from '../../../src/adapters/mysql/member-states.js';
import { MySqlRoomRepository } from '../../../src/adapters/mysql/room-repository.js';
import type { Repositories } from '../../contracts/repositories.js';
import type { TestMySql } from '../servers/test-mysql.js';
import { VirtualClock } from '../time/virtual-clock.js';

export const inMemoryRepositories = (): Repositories => {
  const clock = new VirtualClock();
  const store = new MemoryStore();
  return {
    connections: new InMemoryConnectionRepository(store, clock),
    rooms: new InMemoryRoomRepository(store, clock),
    states: new InMemoryMemberStates(store),
    clock,
  };
};

export const repositoriesOn = (table: Table): Repositories => {
  const clock = new VirtualClock();
  return {
    connections: new DynamoDBConnectionRepository(table, clock),
    rooms: new DynamoDBRoomRepository(table, clock),
    states: new DynamoDBMemberStates(table),
    clock,
  };
};

export const repositoriesOnMySql = async (mysql: TestMySql): Promise<Repositories> => {
  const clock = new VirtualClock();
  return processOnMySql(await mysql.database(clock), clock);
};

export const processOnMySql = (database: Database, clock: VirtualClock): Repositories => ({
  connections: new MySqlConnectionRepository(database, clock),
  rooms: new MySqlRoomRepository(database, clock),
  states: new MySqlMemberStates(database),
  clock,
});
