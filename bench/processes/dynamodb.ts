import { startDynamoDB } from '../../src/entry/local/storage/dynamodb-server.js';
import { answering } from './answering.js';

// The embedded DynamoDB, so that its processor time is not that of a function.
const { endpoint } = await startDynamoDB();
answering(() => endpoint);
