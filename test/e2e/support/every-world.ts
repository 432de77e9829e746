import { afterEach, beforeEach, describe } from '@jest/globals';
import { World, type WorldOptions } from './world.js';

const WORLDS: [name: string, options: WorldOptions][] = [
  ['on DynamoDB, pushed by the invocation', { store: 'DynamoDB' }],
  ['on DynamoDB, pushed by the stream', { store: 'DynamoDB', inlineLimit: 0 }],
  ['in memory, pushed by the invocation', { store: 'memory' }],
  ['in memory, pushed by the stream', { store: 'memory', inlineLimit: 0 }],
];

/** The same scenarios on both stores and both ways to deliver; each test gets a world of its own. */
export const inEveryWorld = (title: string, scenarios: (world: () => World) => void): void =>
  describe.each(WORLDS)(`${title}, %s`, (_, options) => {
    let world: World;
    beforeEach(async () => {
      world = await World.start(options);
    });
    afterEach(() => world.end());
    scenarios(() => world);
  });
