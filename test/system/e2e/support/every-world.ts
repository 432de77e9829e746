import { afterEach, beforeEach, describe } from '@jest/globals';
import { World, type WorldOptions } from './world.js';

const WORLDS: [name: string, options: WorldOptions][] = [
  ['on DynamoDB, pushed by the invocation', { store: 'DynamoDB' }],
  ['on DynamoDB, pushed by the stream', { store: 'DynamoDB', inlineLimit: 0 }],
  ['in memory, pushed by the invocation', { store: 'memory' }],
  ['in memory, pushed by the stream', { store: 'memory', inlineLimit: 0 }],
];

const inWorlds = (worlds: typeof WORLDS, title: string, scenarios: (world: () => World) => void): void =>
  describe.each(worlds)(`${title}, %s`, (_, options) => {
    let world: World;
    beforeEach(async () => {
      world = await World.start(options);
    });
    afterEach(() => world.end());
    scenarios(() => world);
  });

/** The same scenarios on both stores and both ways to deliver; each test gets a world of its own. */
export const inEveryWorld = (title: string, scenarios: (world: () => World) => void): void =>
  inWorlds(WORLDS, title, scenarios);

/** For what has nothing to do with the way to deliver. */
export const onBothStores = (title: string, scenarios: (world: () => World) => void): void =>
  inWorlds(
    WORLDS.filter(([, { inlineLimit }]) => inlineLimit === undefined),
    title,
    scenarios,
  );
