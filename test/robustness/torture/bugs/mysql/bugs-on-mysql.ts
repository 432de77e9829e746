import type { Plant } from '../bugs.js';
import { answerBeforeCommit } from './answer-before-commit.js';
import { claimOutsideTheLock } from './claim-outside-the-lock.js';
import { clockOfTheProcess } from './clock-of-the-process.js';
import { offsetFromASecondStatement } from './offset-from-a-second-statement.js';

/** Every bug that can be planted on MySQL, with the rules that may find it, and a seed that does. */
export const BUGS_ON_MYSQL: ReadonlyMap<string, Plant> = new Map<string, Plant>(
  Object.entries({
    'offset-from-a-second-statement': { bug: offsetFromASecondStatement, rules: ['durability'] },
    'claim-outside-the-lock': { bug: claimOutsideTheLock, rules: ['idempotency'] },
    'answer-before-commit': { bug: answerBeforeCommit, rules: ['durability', 'delivery'] },
    'clock-of-the-process': { bug: clockOfTheProcess, rules: ['epochs'], seed: 18 },
  }),
);
