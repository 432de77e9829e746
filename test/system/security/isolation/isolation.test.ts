import { describe } from '@jest/globals';
import { describeOnMySql } from '../../../support/servers/mysql.js';
import { isolationSuite } from './isolation.suite.js';

/** `isolation.long.test.ts` has the one on DynamoDB. */
describe('What each may do, where', () => isolationSuite('memory'));
describeOnMySql('What each may do, where, on MySQL', () => isolationSuite('MySQL'));
