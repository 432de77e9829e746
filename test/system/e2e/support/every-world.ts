import { afterEach, beforeEach, describe } from '@jest/globals';
import { describeOnMySql } from '../../../support/servers/mysql.js';
import { ServerWorld, type WorldOptions } from './server-world.js';

const WORLDS: [name: string, options: WorldOptions][] = [
  ['on DynamoDB, pushed by the invocation', { store: 'DynamoDB' }],
  ['on DynamoDB, pushed by the stream', { store: 'DynamoDB', inlineLimit: 0 }],
  ['in memory, pushed by the invocation', { store: 'memory' }],
  ['in memory, pushed by the stream', { store: 'memory', inlineLimit: 0 }],
];

const ON_MYSQL: typeof WORLDS = [
  ['pushed by the invocation', { store: 'MySQL' }],
  ['pushed beside it', { store: 'MySQL', inlineLimit: 0 }],
];

const inWorlds = (
  title: string,
  scenarios: (world: () => ServerWorld) => void,
  fits: (options: WorldOptions) => boolean,
): void => {
  const suite = (worlds: typeof WORLDS) =>
    describe.each(worlds.filter(([, options]) => fits(options)))(`${title}, %s`, (_, options) => {
      let world: ServerWorld;
      beforeEach(async () => {
        world = await ServerWorld.start(options);
      });
      afterEach(() => world.end());
      scenarios(() => world);
    });
  suite(WORLDS);
  describeOnMySql('on MySQL', () => suite(ON_MYSQL));
};

/** Runs the scenarios on every store and with both ways of delivery; each test gets a new world. */
export const inEveryWorld = (title: string, scenarios: (world: () => ServerWorld) => void): void =>
  inWorlds(title, scenarios, () => true);

/** Each store and each way to deliver once, for scenarios of many frames. */
export const inUnlikeWorlds = (title: string, scenarios: (world: () => ServerWorld) => void): void =>
  inWorlds(
    title,
    scenarios,
    ({ store, inlineLimit }) => (store === 'memory') === (inlineLimit === undefined),
  );

/** For scenarios that do not depend on the way of delivery. */
export const onEveryStore = (title: string, scenarios: (world: () => ServerWorld) => void): void =>
  inWorlds(title, scenarios, ({ inlineLimit }) => inlineLimit === undefined);
