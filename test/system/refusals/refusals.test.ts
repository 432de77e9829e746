import { describe } from '@jest/globals';
import { SimulatedTables } from '../../support/tables/simulated-tables.js';
import { refusalsSuite } from './refusals.suite.js';

/** `refusals.long.test.ts` has the tables of a server. */
describe('a refusal that is not retryable', () => refusalsSuite(new SimulatedTables()));
