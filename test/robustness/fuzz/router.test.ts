import { describe } from '@jest/globals';
import { routerSuite } from './router.suite.js';

/** More follow in `router.long.test.ts`. */
const FEW = 1_000;

describe('The handler, for any input', () => routerSuite(FEW));
