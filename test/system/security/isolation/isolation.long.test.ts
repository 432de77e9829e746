import { describe } from '@jest/globals';
import { isolationSuite } from './isolation.suite.js';

describe('What each may do, where, on DynamoDB', () => isolationSuite('DynamoDB'));
