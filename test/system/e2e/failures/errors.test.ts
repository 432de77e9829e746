import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ServerWorld } from '../support/server-world.js';

describe('An error in a frame', () => {
  let world: ServerWorld;
  beforeAll(async () => {
    world = await ServerWorld.start();
  });
  afterAll(() => world.end());

  it.each([
    ['text that is no JSON', 'hello?', 'invalid_json', /JSON/],
    ['a frame without an action', '{"data":1}', 'invalid_message', /`action`/],
    ['a missing field', '{"action":"send","data":1}', 'invalid_message', /`to`/],
    ['a field of the wrong type', '{"action":"send","to":5,"data":1}', 'invalid_message', /`to`/],
    [
      'a wrong field of a field',
      '{"action":"join","room":"a","since":{"epoch":"e"}}',
      'invalid_message',
      /`since.offset`/,
    ],
    ['a wrong item of a list', '{"action":"ping","rooms":["*",5]}', 'invalid_message', /`rooms\[1\]`/],
    ['an unknown field', '{"action":"ping","secret":1}', 'invalid_message', /field/],
  ])('%s is answered with one error frame', async (_, text, code, message) => {
    const client = await world.connect();

    client.send(text);
    await client.until(() => client.replies[0]);
    await client.do('ping');

    expect(client.replies).toHaveLength(2);
    expect(client.replies[0]).toEqual({
      type: 'error',
      id: null,
      code,
      message: expect.stringMatching(message),
      retryable: false,
      requestId: expect.stringMatching(/=$/),
    });
    expect(JSON.stringify(client.replies[0])).not.toContain('secret');
    await client.close();
  });

  it('an unknown action is answered with the list of actions, and without the client’s text', async () => {
    const client = await world.connect();

    const { code, message } = await client.ask('shout<script>');

    expect(code).toBe('unknown_action');
    for (const action of 'broadcast send publish join leave history presence hello ping'.split(' '))
      expect(message).toContain(action);
    expect(message).not.toContain('shout');
  });

  it('every reply has the id of its frame, even with many under way', async () => {
    const client = await world.connect();
    const ids = Array.from({ length: 40 }, (_, index) => `n${index}`);

    for (const id of ids) client.send({ action: Number(id.slice(1)) % 2 ? 'ping' : 'nope', id });
    await client.until(() => client.replies.length >= ids.length);
    await client.do('ping');

    expect(
      client.replies
        .slice(0, -1)
        .map(({ id }) => id)
        .sort(),
    ).toEqual(ids.sort());
  });

  it('the longest id comes back, also in an error', async () => {
    const client = await world.connect();
    const id = `-_${'Z'.repeat(62)}`;

    client.send({ action: 'join', id, room: '' });

    expect(await client.until(() => client.replies[0])).toMatchObject({ type: 'error', id });
  });
});
