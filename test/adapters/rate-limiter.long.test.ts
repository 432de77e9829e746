import { rateLimiterContract } from '../contracts/rate-limiter/rate-limiter.contract.js';
import { TestDynamoDB } from '../support/servers/dynamodb.js';
import { limitersOnTable } from '../support/worlds/limiters-on-table.js';

const dynamodb = new TestDynamoDB();

rateLimiterContract('DynamoDB', async () => limitersOnTable(await dynamodb.table()));
