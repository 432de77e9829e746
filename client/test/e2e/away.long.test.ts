import { describe } from '@jest/globals';
import { awaySuite } from './away.suite.js';
import { runSwitchboard } from './support/run-switchboard.js';

describe('A client that was away, on DynamoDB', () =>
  awaySuite([['pushed from the stream', () => runSwitchboard({ FAN_OUT_INLINE_LIMIT: '0' })]]));
