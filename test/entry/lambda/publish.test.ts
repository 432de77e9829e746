import { beforeEach, describe, expect, it } from '@jest/globals';
import { EventLog } from '../../../src/entry/event-log.js';
import { createPublish } from '../../../src/entry/lambda/back-end/create-publish.js';
import type { WebSocketResult } from '../../../src/entry/lambda/handlers/events.js';
import { InMemoryWorld } from '../../support/worlds/in-memory-world.js';
import { urlEvent } from './support/url-event.js';

const HELLO = { action: 'send', from: '$billing', to: 'alice', data: { text: 'hi' } };

const SIGNAL = { ...HELLO, action: 'signal', tag: 'job', number: 1 };

/** Without the fields that are undefined. */
const asSent = (message: object): unknown => JSON.parse(JSON.stringify(message));

const nested = (levels: number): unknown => JSON.parse('['.repeat(levels) + ']'.repeat(levels));

describe('the function publish', () => {
  let world: InMemoryWorld;
  const invoke = (payload: unknown) => createPublish(world.app, new EventLog('silent'))(payload);
  const overHttp = async (...event: Parameters<typeof urlEvent>) => {
    const { statusCode, headers, body } = (await invoke(urlEvent(...event))) as WebSocketResult;
    expect(headers).toEqual({ 'content-type': 'application/json' });
    return { statusCode, answer: JSON.parse(body ?? '') };
  };
  const codeOf = async (payload: unknown) =>
    ((await invoke(payload)) as { error?: { code: string } }).error?.code ?? 'none';

  beforeEach(() => {
    world = new InMemoryWorld();
  });

  it('answers one message with its place and the outcomes of its pushes', async () => {
    const gone = await world.connect('alice', 'gone=');
    await world.connect('alice');
    await world.clients.close(gone.connectionId);

    expect(await invoke(HELLO)).toEqual({
      room: '@alice',
      epoch: expect.any(String),
      offset: 1,
      attempted: 2,
      delivered: 1,
      gone: 1,
    });
  });

  it('reports a message as queued if the stream delivers it', async () => {
    world = new InMemoryWorld(0);

    expect(await invoke(HELLO)).toEqual({
      room: '@alice',
      epoch: expect.any(String),
      offset: 1,
      delivery: 'queued',
    });
  });

  it('answers a list with a list, each result in its place', async () => {
    const answer = await invoke([
      { action: 'publish', from: '$billing', room: 'lobby', data: 1 },
      { action: 'publish', from: '$billing', room: '@alice', data: 2 },
      { action: 'broadcast', from: '$billing', data: 3, key: 'k' },
    ]);

    expect(answer).toMatchObject([{ room: 'lobby' }, { error: { code: 'invalid_room' } }, { room: '*' }]);
    expect(await invoke([])).toEqual([]);
    expect(await invoke([HELLO])).toHaveLength(1);
  });

  it('takes a hundred messages, and refuses a longer list as a whole', async () => {
    const list = Array.from({ length: 100 }, () => HELLO);

    expect(await invoke(list)).toHaveLength(100);
    expect(await invoke([...list, HELLO])).toMatchObject({ error: { code: 'invalid_message' } });
    expect(await invoke(HELLO)).toMatchObject({ offset: 101 });
  });

  it('takes the body of a request to its URL, in base64 too', async () => {
    const body = JSON.stringify(HELLO);
    const base64 = Buffer.from(body).toString('base64');

    expect(await overHttp(body)).toMatchObject({ statusCode: 200, answer: { room: '@alice', offset: 1 } });
    expect(await overHttp(base64, { isBase64Encoded: true })).toMatchObject({ answer: { offset: 2 } });
    expect(await overHttp(`[${body},{}]`)).toMatchObject({
      statusCode: 200,
      answer: [{ offset: 3 }, { error: { code: 'unknown_action' } }],
    });
  });

  it.each([
    ['no JSON', '{', 400, 'invalid_json'],
    ['nothing', undefined, 400, 'invalid_json'],
    ['no message', '7', 400, 'invalid_message'],
    ['a wrong message', JSON.stringify({ ...HELLO, from: 'billing' }), 400, 'invalid_message'],
  ])('refuses a body that is %s', async (_, body, statusCode, code) => {
    expect(await overHttp(body)).toMatchObject({ statusCode, answer: { error: { code, retryable: false } } });
  });

  it('refuses methods other than POST', async () => {
    expect(await overHttp(JSON.stringify(HELLO), {}, 'PUT')).toMatchObject({ statusCode: 400 });
    expect(await overHttp(undefined, {}, 'GET')).toMatchObject({ statusCode: 400 });
  });

  it('tells over HTTP whether another try may succeed', async () => {
    world = new InMemoryWorld(100, { RATE_LIMIT: 'on' });
    await invoke(Array.from({ length: 100 }, () => HELLO));

    expect(await overHttp(JSON.stringify(HELLO))).toMatchObject({
      statusCode: 429,
      answer: { error: { code: 'rate_limited', retryAfterMs: expect.any(Number) } },
    });
    const publish = createPublish(world.app, new EventLog('silent'), 0);
    world.app.publishForBackEnd.execute = () => Promise.reject(new Error('broken'));
    expect(await publish(urlEvent(JSON.stringify(HELLO)))).toMatchObject({ statusCode: 503 });
  });

  it.each<[string, object, string]>([
    ['an unknown action', { action: 'join', room: 'lobby' }, 'unknown_action'],
    ['no sender', { from: undefined }, 'invalid_message'],
    ['the name of a user', { from: 'alice' }, 'invalid_message'],
    ['a sender without a name', { from: '$' }, 'invalid_message'],
    ['an unknown field', { id: 'i1' }, 'invalid_message'],
    ['a wrong recipient', { to: '$billing' }, 'invalid_user'],
    ['no data', { data: undefined }, 'invalid_message'],
    ['too much data', { data: 'x'.repeat(16_384) }, 'payload_too_large'],
    ['data that is too deep', { data: nested(513) }, 'invalid_message'],
    ['data that is much too deep', { data: nested(200_000) }, 'invalid_message'],
    ['half of a surrogate pair', { data: '\ud800' }, 'invalid_message'],
    ['a number that is none', { data: Number.POSITIVE_INFINITY }, 'invalid_message'],
    ['a wrong key', { key: 'a b' }, 'invalid_message'],
  ])('refuses %s', async (_, change, code) => {
    expect(await codeOf({ ...HELLO, ...change })).toBe(code);
    expect(await invoke(HELLO)).toMatchObject({ offset: 1 });
  });

  it('answers a signal with the outcomes of its pushes, and keeps nothing', async () => {
    const gone = await world.connect('alice', 'gone=');
    await world.connect('alice');
    await world.clients.close(gone.connectionId);

    expect(await invoke(SIGNAL)).toEqual({ attempted: 2, delivered: 1, gone: 1 });
    expect(await invoke(asSent({ ...SIGNAL, to: undefined, room: 'empty' }))).toEqual({
      attempted: 0,
      delivered: 0,
      gone: 0,
    });
    expect(await overHttp(JSON.stringify([SIGNAL, HELLO]))).toMatchObject({
      statusCode: 200,
      answer: [
        { attempted: 1, delivered: 1 },
        { offset: 1, delivered: 1 },
      ],
    });
  });

  it.each<[string, object, string]>([
    ['both a room and a user', { room: 'lobby' }, 'invalid_message'],
    ['neither of them', { to: undefined }, 'invalid_message'],
    ['an inbox as a room', { to: undefined, room: '@alice' }, 'invalid_room'],
    ['everyone', { to: undefined, room: '*' }, 'invalid_room'],
    ['the name of a user', { from: 'alice' }, 'invalid_message'],
    ['a tag without a number', { number: undefined }, 'invalid_message'],
    ['a number without a tag', { tag: undefined }, 'invalid_message'],
    ['a wrong tag', { tag: 'a b' }, 'invalid_message'],
    ['a negative number', { number: -1 }, 'invalid_message'],
    ['a key', { key: 'k' }, 'invalid_message'],
    ['an id', { id: 'i1' }, 'invalid_message'],
    ['no data', { data: undefined }, 'invalid_message'],
    ['too much data', { data: 'x'.repeat(16_384) }, 'payload_too_large'],
  ])('refuses a signal with %s', async (_, change, code) => {
    expect(await codeOf(asSent({ ...SIGNAL, ...change }))).toBe(code);
  });

  it('accepts data as deep as a client may send', async () => {
    expect(await codeOf({ ...HELLO, data: nested(512) })).toBe('none');
  });

  it('answers messages that it could not begin in time with `timeout`', async () => {
    let begin = () => {};
    const begun = new Promise<void>((resolve) => {
      begin = resolve;
    });
    const { publishForBackEnd } = world.app;
    const execute = publishForBackEnd.execute.bind(publishForBackEnd);
    publishForBackEnd.execute = async (messages) => {
      messages[0]?.time?.signal.addEventListener('abort', begin);
      await begun;
      return execute(messages);
    };

    const answer = await createPublish(world.app, new EventLog('silent'), 1)(HELLO);

    expect(answer).toMatchObject({ error: { code: 'timeout', retryable: true } });
  });
});
