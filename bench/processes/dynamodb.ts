import { startDynamoDB } from '../../src/entry/local/storage/dynamodb-server.js';
import { answering } from './answering.js';

// The embedded DynamoDB in a process of its own, so that its CPU time does not count as the function's.
const { endpoint } = await startDynamoDB();
answering(() => endpoint);
