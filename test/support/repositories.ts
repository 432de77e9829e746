import { DynamoDBConnectionRepository } from '../../src/adapters/dynamodb/connection-repository.js';
import { DynamoDBRoomRepository } from '../../src/adapters/dynamodb/room-repository.js';
import type { Table } from '../../src/adapters/dynamodb/table/table.js';
import { InMemoryConnectionRepository } from '../../src/adapters/in-memory/connection-repository.js';
import { MemoryStore } from '../../src/adapters/in-memory/memory-store.js';
import { InMemoryRoomRepository } from '../../src/adapters/in-memory/room-repository.js';
import { MySqlConnectionRepository } from '../../src/adapters/mysql/connection-repository.js';
import type { Database } from '../../src/adapters/mysql/database/database.js';
import { MySqlRoomRepository } from '../../src/adapters/mysql/room-repository.js';
import type { Repositories } from '../contracts/repositories.js';
import type { TestMySql } from './mysql.js';
import { VirtualClock } from './virtual-clock.js';

export const inMemoryRepositories = (): Repositories => {
  const clock = new VirtualClock();
  const store = new MemoryStore();
  return {
    connections: new InMemoryConnectionRepository(store, clock),
    rooms: new InMemoryRoomRepository(store, clock),
    clock,
  };
};

export const repositoriesOn = (table: Table): Repositories => {
  const clock = new VirtualClock();
  return {
    connections: new DynamoDBConnectionRepository(table, clock),
    rooms: new DynamoDBRoomRepository(table, clock),
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
  clock,
});
