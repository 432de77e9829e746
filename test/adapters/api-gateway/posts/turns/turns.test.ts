import { expect, it } from '@jest/globals';
import { Pace } from '../../../../../src/adapters/api-gateway/posts/turns/pace.js';
import { Turns } from '../../../../../src/adapters/api-gateway/posts/turns/turns.js';
import { Window } from '../../../../../src/adapters/api-gateway/posts/turns/window.js';

const NOW = 1_760_000_000_000;

it('gives refused posts and new ones turns in alternation, so neither waits for all of the others', () => {
  const window = new Window(1);
  const turns = new Turns(window, new Pace(), () => NOW);
  const served: string[] = [];
  const take = (name: string, again: boolean) => {
    const turn = () => {
      served.push(name);
    };
    turns.take({ deadline: NOW + 60_000, turn }, again);
  };
  const busy = window.size;
  for (let n = 0; n < busy; n += 1) take('before', false);

  for (const n of [1, 2, 3]) take(`refused ${n}`, true);
  for (const n of [1, 2, 3, 4]) take(`new ${n}`, false);
  for (let n = 0; n < 7; n += 1) turns.giveBack();

  expect(served.slice(busy)).toEqual([
    'refused 1',
    'new 1',
    'refused 2',
    'new 2',
    'refused 3',
    'new 3',
    'new 4',
  ]);
});
