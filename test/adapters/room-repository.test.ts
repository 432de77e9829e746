import { roomMembersContract } from '../contracts/room-members.contract.js';
import { roomRepositoryContract } from '../contracts/room-repository.contract.js';
import { TestDynamoDB } from '../support/dynamodb.js';
import { inMemoryRepositories, repositoriesOn } from '../support/repositories.js';

const dynamodb = new TestDynamoDB();
const onDynamoDB = async () => repositoriesOn(await dynamodb.table());

roomRepositoryContract('in memory', inMemoryRepositories);
roomRepositoryContract('DynamoDB', onDynamoDB);
roomMembersContract('in memory', inMemoryRepositories);
roomMembersContract('DynamoDB', onDynamoDB);
