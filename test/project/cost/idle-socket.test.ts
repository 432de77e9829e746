import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from '@jest/globals';
import { idleSocket, type PageVisibility } from '../../../scripts/cost/idle-socket.js';

const COSTS = readFileSync(join(resolve(import.meta.dirname, '../../..'), 'docs/costs.md'), 'utf8');

it.each<[PageVisibility, number]>([
  ['visible', 0.039],
  ['hidden', 0.031],
])('an idle socket of a %s page costs at most $%d a month, as the page of costs says', (page, most) => {
  const dollars = idleSocket(page);

  expect(dollars).toBeLessThanOrEqual(most);
  expect(COSTS).toContain(`| ${page} | $${dollars.toFixed(4)} |`);
});
