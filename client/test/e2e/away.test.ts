import { describe } from '@jest/globals';
import { awaySuite } from './away.suite.js';
import { runInMemory } from './support/run-in-memory.js';

/** `away.long.test.ts` has the server on DynamoDB. */
describe('A client that was away', () =>
  awaySuite([
    ['pushed by the publishing invocation', () => runInMemory()],
    ['pushed from the stream', () => runInMemory({ FAN_OUT_INLINE_LIMIT: '0' })],
  ]));
