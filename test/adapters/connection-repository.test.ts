import { connectionRepositoryContract } from '../contracts/connection-repository.contract.js';
import { TestDynamoDB } from '../support/servers/dynamodb.js';
import { describeOnMySql } from '../support/servers/mysql.js';
import { inMemoryRepositories, repositoriesOn, repositoriesOnMySql } from '../support/worlds/repositories.js';

const dynamodb = new TestDynamoDB();

connectionRepositoryContract('in memory', inMemoryRepositories);
connectionRepositoryContract('DynamoDB', async () => repositoriesOn(await dynamodb.table()));
describeOnMySql('on MySQL', (mysql) => {
  connectionRepositoryContract('MySQL', () => repositoriesOnMySql(mysql));
});
