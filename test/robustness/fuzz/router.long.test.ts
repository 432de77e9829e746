import { describe } from '@jest/globals';
import { routerSuite } from './router.suite.js';

describe('The handler, for any input', () => routerSuite(10_000));
