import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type DynamoDBServer, startDynamoDB } from '../../../../src/entry/local/storage/dynamodb-server.js';
import { BuiltProgram } from '../../../support/programs/built-program.js';
import { Tables } from '../../e2e/support/tables.js';
import { GuardedWorld } from '../support/guarded-world.js';

const KICKED = {
  type: 'disconnect',
  code: 'forbidden',
  message: 'An operator closed this connection.',
  reconnect: false,
};

const program = new BuiltProgram('scripts/operators/kick.ts');

/** As an operator does, from another process. */
const kick = async (world: GuardedWorld, userId: string): Promise<string> => {
  const env = { ...process.env, PORT: String(world.world.gateway.port) };
  const args = [program.file, '--user', userId];
  return (await promisify(execFile)(process.execPath, args, { env })).stdout;
};

describe('Kicking a user', () => {
  let dynamodb: DynamoDBServer;
  let world: GuardedWorld;
  const start = (env: Record<string, string> = {}) =>
    GuardedWorld.start({ env: { DYNAMODB_ENDPOINT: dynamodb.endpoint, ...env } });

  beforeEach(async () => {
    dynamodb = await startDynamoDB();
    world = await start();
  });
  afterEach(async () => {
    await world.end();
    await dynamodb.stop();
  });

  it('closes every connection of the user and of no other, and leaves nothing of them', async () => {
    const alices = await Promise.all([1, 2, 3].map(() => world.connect('alice')));
    const alicia = await world.connect('alice-2');
    for (const client of [...alices, alicia]) await client.do('join', { room: 'lobby' });

    expect(await kick(world, 'alice')).toBe('Closed 3 connections of alice\n');

    expect(await Promise.all(alices.map(({ closed }) => closed))).toEqual([1000, 1000, 1000]);
    for (const alice of alices) expect(alice.frames.at(-1)).toEqual(KICKED);
    expect(await alicia.do('presence', { room: 'lobby' })).toMatchObject({ members: ['alice-2'] });
    const rows = await new Tables(dynamodb.endpoint).connections();
    expect(rows.filter(({ userId, sk }) => userId === 'alice' && sk !== 'RATE')).toEqual([]);
  });

  it('closes nothing when no user of that name is connected', async () => {
    expect(await kick(world, 'unknown')).toBe('Closed 0 connections of unknown\n');
  });

  it.each(['-7f3c', '__proto__', 'https://issuer.example/users/42?a=b&c=[d]'])(
    'closes the connections of a user called %s',
    async (userId) => {
      const client = await world.connect(userId);

      expect(await kick(world, userId)).toBe(`Closed 1 connection of ${userId}\n`);

      expect(await client.closed).toBe(1000);
    },
  );

  it('reaches connections that other processes serve', async () => {
    // All processes of a deployment use the same API; this one uses the first one's gateway.
    const operator = await start({ CALLBACK_URL: world.world.gateway.callbackUrl });
    const alice = await world.connect('alice');

    await kick(operator, 'alice');

    expect(await alice.closed).toBe(1000);
    expect(alice.frames).toEqual([KICKED]);
    await operator.end();
  });

  it('refuses later frames of a connection that could not be closed', async () => {
    const elsewhere = await start();
    const alice = await elsewhere.connect('alice');
    await alice.do('join', { room: 'lobby' });
    const bob = await world.connect('bob');
    await bob.do('join', { room: 'lobby' });

    // To this gateway the connection is unknown.
    await kick(world, 'alice');
    await bob.do('publish', { room: 'lobby', data: 'without her' });
    await bob.do('send', { to: 'alice', data: 'not to her' });

    const frames: [action: string, fields?: object][] = [
      ['ping'],
      ['hello', { resume: [{ room: 'lobby', epoch: 'x', offset: 0 }] }],
      ['join', { room: 'lobby' }],
      ['publish', { room: 'lobby', data: 1 }],
      ['send', { to: 'bob', data: 1 }],
      ['broadcast', { data: 1 }],
      ['history', { room: '@alice' }],
      ['presence', { room: 'lobby' }],
      ['leave', { room: 'lobby' }],
      ['refresh', { token: await world.token('alice') }],
    ];
    for (const [action, fields] of frames)
      expect(await alice.ask(action, fields)).toMatchObject({ code: 'session_unknown', retryable: false });
    expect(alice.frames.filter(({ type }) => type === 'message')).toEqual([]);
    await elsewhere.end();
  });

  it('is refused without a signed request', async () => {
    const url = `${world.world.gateway.callbackUrl.replace('/dev', '')}/2015-03-31/functions/disconnect-user/invocations`;
    const alice = await world.connect('alice');

    const answer = await fetch(url, { method: 'POST', body: '{"userId":"alice"}' });

    expect(answer.status).toBe(403);
    await alice.do('ping');
  });
});
