import { connectionRepositoryContract } from '../contracts/connection-repository.contract.js';
import { TestDynamoDB } from '../support/dynamodb.js';
import { inMemoryRepositories, repositoriesOn } from '../support/repositories.js';

const dynamodb = new TestDynamoDB();

connectionRepositoryContract('in memory', inMemoryRepositories);
connectionRepositoryContract('DynamoDB', async () => repositoriesOn(await dynamodb.table()));
