import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client } from '../../system/e2e/support/client.js';
import { ServerWorld, type WorldOptions } from '../../system/e2e/support/server-world.js';
import { type FrameCase, textOf } from './frame-case.js';

const STORES: [name: string, options: WorldOptions][] = [
  ['on DynamoDB', { store: 'DynamoDB' }],
  ['in memory, through the stream', { store: 'memory', inlineLimit: 0 }],
];

/** Every answer to a frame: its reply, and all frames before the answer to a later ping. */
const answersTo = async (client: Client, theCase: FrameCase) => {
  client.socket.send(textOf(theCase), { binary: theCase.binary ?? false });
  const reply = await client.until(() => client.replies[0]);
  await client.do('ping');
  expect(client.replies).toHaveLength(2);
  return reply;
};

const expected = ({ expect: { error, ack } }: FrameCase) =>
  ack
    ? { type: 'ack' }
    : { type: 'error', code: error, message: expect.any(String), requestId: expect.any(String) };

/** Sends each frame on a connection of its own. */
export const hostileFramesSuite = (cases: readonly FrameCase[]) => {
  describe.each(STORES)('A hostile frame %s', (_, options) => {
    let world: ServerWorld;
    beforeAll(async () => {
      world = await ServerWorld.start(options);
    });
    afterAll(() => world.end());

    const sentences = cases.map((theCase) => [theCase.id, theCase.why, theCase] as const);
    it.each(sentences)('%s: %s', async (_id, _why, theCase) => {
      const client = await world.connect();

      if (theCase.expect.close !== undefined) {
        client.socket.send(textOf(theCase), { binary: theCase.binary ?? false });
        expect(await client.closed).toBe(theCase.expect.close);
        expect(client.frames).toEqual([]);
        return;
      }
      const reply = await answersTo(client, theCase);
      expect(reply).toMatchObject(expected(theCase));
      expect(JSON.stringify(reply)).not.toContain('xxxxxxxx');
      if (theCase.echo) {
        const { data } = JSON.parse(textOf(theCase));
        const { offset } = reply;
        const echo = await client.until(() => client.received('*').find((one) => one.offset === offset));
        // As text: an equality of objects would not look at a key such as __proto__.
        expect(JSON.stringify(echo.data)).toBe(JSON.stringify(data));
      }
      await client.close();
    });
  });

  describe('A refused frame', () => {
    let world: ServerWorld;
    beforeAll(async () => {
      world = await ServerWorld.start();
    });
    afterAll(() => world.end());

    it('writes nothing, for any kind of error', async () => {
      const client = await world.connect('mallory');
      const before = await world.tables.all();
      const refused = cases.filter((theCase) => theCase.expect.error !== undefined && !theCase.binary);

      for (const theCase of refused) {
        const answered = client.replies.length;
        client.send(textOf(theCase));
        await client.until(() => client.replies.length > answered);
      }

      expect(client.replies.map(({ code }) => code)).toEqual(refused.map(({ expect: { error } }) => error));
      expect(await world.tables.all()).toEqual(before);
    });
  });
};
