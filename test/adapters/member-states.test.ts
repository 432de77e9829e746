import { memberStatesContract } from '../contracts/member-states.contract.js';
import { TestDynamoDB } from '../support/servers/dynamodb.js';
import { describeOnMySql } from '../support/servers/mysql.js';
import { inMemoryRepositories, repositoriesOn, repositoriesOnMySql } from '../support/worlds/repositories.js';

const dynamodb = new TestDynamoDB();

memberStatesContract('in memory', inMemoryRepositories);
memberStatesContract('DynamoDB', async () => repositoriesOn(await dynamodb.table()));
describeOnMySql('on MySQL', (mysql) => memberStatesContract('MySQL', () => repositoriesOnMySql(mysql)));
