import { beforeAll, expect, it } from '@jest/globals';
import { ERRORS, type ErrorCode } from '../../../protocol/errors.js';
import type { TestTables } from '../../support/tables/test-tables.js';
import { REFUSED_ACTIONS } from './refused-actions.js';
import { RefusingWorld } from './refusing-world.js';

const EVERYTHING = { join: true, publish: true, history: true, presence: true, send: true, broadcast: true };
const LOBBY = ['lobby'];
const MALLORYS = {
  join: ['lobby', 'readonly*'],
  publish: LOBBY,
  history: LOBBY,
  presence: LOBBY,
  send: ['friend'],
};

/** `token_expired` ends the connection, and `connection_limit` refuses one. */
const ENDING: readonly ErrorCode[] = ['token_expired', 'connection_limit'];

type Case = [code: ErrorCode, frame: string | object, connectionId?: string | undefined, admitted?: boolean];

const said = ([code, frame]: Case): string =>
  `${code} ${typeof frame === 'string' ? frame : JSON.stringify(frame)}`.slice(0, 90);

const CASES: Case[] = [
  ...Object.entries(REFUSED_ACTIONS).flatMap(([action, { valid, refused }]): Case[] => [
    ['invalid_json', `${JSON.stringify({ action, ...valid })},`],
    ['invalid_message', { action, ...valid, unknown: 1 }],
    ['unknown_action', { action: `${action}s`, ...valid }],
    ['session_unknown', { action, ...valid }, 'unknown='],
    ['unauthenticated', { action, ...valid }, 'mallory=', false],
    ...refused.map(([code, fields, from]): Case => [code, { action, ...fields }, from]),
  ]),
];

export const refusalsSuite = (tables: TestTables) => {
  let world: RefusingWorld;
  let before: Awaited<ReturnType<RefusingWorld['rows']>>;
  const meant = async (frame: string | object) => {
    const text = typeof frame === 'string' ? frame : JSON.stringify(frame);
    const [, userId] = text.match(/TOKEN of (\w+)/) ?? [];
    return userId ? text.replace(`TOKEN of ${userId}`, await world.token(userId)) : text;
  };

  beforeAll(async () => {
    world = await RefusingWorld.create(tables);
    await world.connect('mallory', MALLORYS);
    await world.connect('alice', EVERYTHING);
    await world.connect('flora', EVERYTHING);
    for (const room of ['lobby', 'readonly']) await world.do('mallory=', { action: 'join', room });
    await world.do('alice=', { action: 'join', room: 'lobby' });
    // With the longest names, a roster has fewer.
    for (let n = 0; n < 60; n += 1) {
      const name = `${n}`.padEnd(256, '~');
      await world.connect(name, EVERYTHING);
      await world.do(`${name}=`, { action: 'join', room: 'crowded' });
    }
    await world.do('alice=', { action: 'join', room: 'crowded' });
    for (let n = 0; n < 50; n += 1) await world.do('flora=', { action: 'join', room: `room-${n}` });
    const used = { data: 'used', key: 'used' };
    await world.do('alice=', { action: 'broadcast', ...used });
    await world.do('alice=', { action: 'send', to: 'friend', ...used });
    await world.do('alice=', { action: 'publish', room: 'lobby', ...used });
    await world.do('mallory=', { action: 'hello' });
    before = await world.rows();
  });

  it.each(CASES.map((one) => [said(one), one] as const))('has changed nothing: %s', async (_, one) => {
    const [code, frame, from = 'mallory=', admitted = true] = one;
    const sent = await meant(frame);
    const answer = await world.answer(from, sent, admitted);

    expect(answer).toMatchObject({ type: 'error', code, retryable: false });
    expect(await world.rows()).toEqual(before);
    expect(world.world.clients.take(from).filter(({ type }) => type === 'disconnect')).toEqual([]);
  });

  it.each([
    ['forbidden', { room: 'secret' }],
    ['forbidden', { room: 'readonly-too' }],
    ['not_a_member', { room: '@bob' }],
  ])('of one room of a hello has changed nothing: %s %j', async (code, { room }) => {
    const resume = [{ room, epoch: 'x', offset: 0 }];
    const { rooms } = await world.do('mallory=', { action: 'hello', resume });

    expect(rooms).toContainEqual({ room, error: expect.objectContaining({ code, retryable: false }) });
    expect(await world.rows()).toEqual(before);
  });

  it('is tested for every code that leaves the connection open', () => {
    const final = Object.entries(ERRORS).filter(([, { retryable }]) => !retryable);
    const open = final.map(([code]) => code as ErrorCode).filter((code) => !ENDING.includes(code));

    expect([...new Set(CASES.map(([code]) => code))].sort()).toEqual(open.sort());
  });
};
