import { describe } from '@jest/globals';
import { TestDynamoDB } from '../../support/servers/dynamodb.js';
import { refusalsSuite } from './refusals.suite.js';

describe('a refusal that is not retryable, on DynamoDB', () => refusalsSuite(new TestDynamoDB()));
