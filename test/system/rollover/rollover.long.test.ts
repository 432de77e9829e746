import { afterEach, expect, it } from '@jest/globals';
import { Deployment, type ReleaseName } from './support/deployment.js';
import { Talker } from './support/talker.js';

/** A release is replaced and rolled back; meanwhile instances of both serve. */
const PHASES: ReleaseName[][] = [
  ['previous'],
  ['previous', 'present'],
  ['present'],
  ['present', 'previous'],
  ['previous'],
];

let deployment: Deployment;
let talkers: Talker[] = [];
afterEach(async () => {
  await Promise.all(talkers.map((talker) => talker.close()));
  await deployment.stop();
});

const upTo = (last: number): number[] => Array.from({ length: last }, (_, index) => index + 1);

it.each([
  { by: 'the publishing invocation', inlineLimit: 100, sockets: 'stay open' },
  { by: 'the stream', inlineLimit: 0, sockets: 'stay open' },
  { by: 'the publishing invocation', inlineLimit: 100, sockets: 'are closed' },
])(
  'loses nothing when this release replaces the previous one under load and is rolled back: pushes by $by, and sockets $sockets',
  async ({ inlineLimit, sockets }) => {
    deployment = await Deployment.start(inlineLimit);
    const { gateway, releases } = deployment;
    // Pages keep the library that they were loaded with.
    const libraries = [releases.previous, releases.present, releases.previous, releases.present];
    talkers = libraries.map(
      ({ createClient }, n) => new Talker(createClient, gateway.url, `user-${n}`, 'lobby'),
    );
    await Promise.all(talkers.map((talker) => talker.join()));
    for (const talker of talkers) talker.talk();

    for (const serving of PHASES) {
      deployment.serve(...serving);
      if (sockets === 'are closed') gateway.breakSockets(1012);
      await Promise.all(talkers.map((talker) => talker.says(5)));
    }
    await Promise.all(talkers.map((talker) => talker.fallsSilent()));
    const acked = talkers.flatMap((talker) => talker.acked).sort((a, b) => a - b);
    await Promise.all(talkers.map((talker) => talker.hears(acked)));

    expect(acked).toEqual(upTo(acked.length));
    for (const talker of talkers) {
      expect(talker.troubles).toEqual([]);
      expect(talker.ledger).toMatchObject({ doubled: 0, disordered: 0 });
      expect(await talker.history()).toEqual(acked);
    }
  },
);
