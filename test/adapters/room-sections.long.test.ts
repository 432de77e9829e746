import { roomSectionsContract } from '../contracts/room-sections.contract.js';
import { TestDynamoDB } from '../support/servers/dynamodb.js';
import { repositoriesOn } from '../support/worlds/repositories.js';

const dynamodb = new TestDynamoDB();

roomSectionsContract('DynamoDB', async () => repositoriesOn(await dynamodb.table()));
