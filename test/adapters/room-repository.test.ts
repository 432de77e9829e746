import { roomMembersContract } from '../contracts/room-members.contract.js';
import { roomRepositoryContract } from '../contracts/room-repository.contract.js';
import { roomSectionsContract } from '../contracts/room-sections.contract.js';
import { TestDynamoDB } from '../support/servers/dynamodb.js';
import { describeOnMySql } from '../support/servers/mysql.js';
import { SimulatedTables } from '../support/tables/simulated-tables.js';
import { inMemoryRepositories, repositoriesOn, repositoriesOnMySql } from '../support/worlds/repositories.js';

const dynamodb = new TestDynamoDB();
const simulated = new SimulatedTables();
const onDynamoDB = async () => repositoriesOn(await dynamodb.table());

roomRepositoryContract('in memory', inMemoryRepositories);
roomRepositoryContract('DynamoDB', onDynamoDB);
roomMembersContract('in memory', inMemoryRepositories);
roomMembersContract('DynamoDB', onDynamoDB);
roomSectionsContract('in memory', inMemoryRepositories);
// `room-sections.long.test.ts` has the tables of a server.
roomSectionsContract('DynamoDB, simulated', async () => repositoriesOn(await simulated.table()));
describeOnMySql('on MySQL', (mysql) => {
  roomRepositoryContract('MySQL', () => repositoriesOnMySql(mysql));
  roomMembersContract('MySQL', () => repositoriesOnMySql(mysql));
  roomSectionsContract('MySQL', () => repositoriesOnMySql(mysql));
});
