import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DynamoDBRoomRepository } from '../../../../src/adapters/dynamodb/room-repository.js';
import { createDocumentClient } from '../../../../src/adapters/dynamodb/table/document-client.js';
import { DocumentTable } from '../../../../src/adapters/dynamodb/table/document-table.js';
import { SystemClock } from '../../../../src/adapters/system/system-clock.js';
import { ALL_PERMISSIONS } from '../../../../src/domain/access/permissions.js';
import { ANY_ACCESS } from '../../../../src/entry/local/settings/access.js';
import { type DynamoDBServer, startDynamoDB } from '../../../../src/entry/local/storage/dynamodb-server.js';
import type { WorldOptions } from '../../e2e/support/server-world.js';
import { Tables } from '../../e2e/support/tables.js';
import { GuardedWorld } from '../support/guarded-world.js';

const WORLDS: [name: string, options: WorldOptions][] = [
  ['on DynamoDB', { store: 'DynamoDB' }],
  ['in memory, pushed by the stream', { store: 'memory', inlineLimit: 0 }],
];

const SOON = 3;

describe.each(WORLDS)('A refresh, %s,', (_, options) => {
  let world: GuardedWorld;
  beforeAll(async () => {
    world = await GuardedWorld.start({ ...options, env: { AUTH_SINGLE_USE: 'true' } });
  });
  afterAll(() => world.end());

  it('can also shorten it', async () => {
    const alice = await world.connect('alice', { seconds: 300 });

    await alice.do('refresh', { token: await world.token('alice', { seconds: -5 }) });
    alice.send({ action: 'ping' });

    expect(await alice.closed).toBe(1000);
  });

  it('adds and removes permissions', async () => {
    const alice = await world.connect('alice', { permissions: { join: ['a'], publish: ['a'] } });
    await alice.do('join', { room: 'a' });
    expect(await alice.ask('join', { room: 'b' })).toMatchObject({ code: 'forbidden' });
    const token = await world.token('alice', { permissions: { join: ['b'], history: ['a'] } });

    await alice.do('refresh', { token });

    await alice.do('join', { room: 'b' });
    await alice.do('history', { room: 'a' });
    expect(await alice.ask('publish', { room: 'a', data: 1 })).toMatchObject({ code: 'forbidden' });
    expect(await alice.ask('join', { room: 'a' })).toMatchObject({ code: 'forbidden' });
  });

  it('with a used token is refused, whether it was used to connect or to refresh', async () => {
    const token = await world.token('alice');
    const alice = await world.connectWith(token);
    const fresh = await world.token('alice');

    expect(await alice.ask('refresh', { token })).toMatchObject({ code: 'unauthenticated' });
    await alice.do('refresh', { token: fresh });
    expect(await alice.ask('refresh', { token: fresh })).toMatchObject({ code: 'unauthenticated' });
    await expect(world.connectWith(fresh)).rejects.toThrow('403');
  });

  it('with another user’s token does not use that token up', async () => {
    const token = await world.token('bob');
    const alice = await world.connect('alice');

    expect(await alice.ask('refresh', { token })).toMatchObject({ code: 'forbidden' });

    await world.connectWith(token);
  });
});

describe('A refresh', () => {
  let world: GuardedWorld;
  let dynamodb: DynamoDBServer;
  let rooms: DynamoDBRoomRepository;
  beforeAll(async () => {
    dynamodb = await startDynamoDB();
    const documents = createDocumentClient({ ...ANY_ACCESS, endpoint: dynamodb.endpoint });
    const table = new DocumentTable(documents, 'switchboard-connections', async () => {});
    rooms = new DynamoDBRoomRepository(table, new SystemClock());
    world = await GuardedWorld.start({ env: { DYNAMODB_ENDPOINT: dynamodb.endpoint } });
  });
  afterAll(async () => {
    await world.end();
    await dynamodb.stop();
  });

  it('extends the session and its memberships, so that pushes come after the old end', async () => {
    const alice = await world.connect('alice', { seconds: SOON });
    const speaker = await world.connect('speaker', { permissions: ALL_PERMISSIONS });
    await speaker.do('join', { room: 'lobby' });
    const end = Date.now() + SOON * 1_000;
    await alice.do('join', { room: 'lobby' });

    const token = await world.token('alice', { seconds: 300 });
    const { expiresAt } = await alice.do('refresh', { token });
    await world.world.until(() => Date.now() > end);
    await speaker.do('publish', { room: 'lobby', data: 'in the lobby' });
    await speaker.do('send', { to: 'alice', data: 'to her' });
    await speaker.do('broadcast', { data: 'to all' });

    await alice.hears('lobby', 'in the lobby');
    await alice.hears('@alice', 'to her');
    await alice.hears('*', 'to all');
    await alice.do('publish', { room: 'lobby', data: 'still here' });
    expect(expiresAt).toBeGreaterThan(end + 200_000);
    expect(alice.frames.filter(({ type }) => type === 'disconnect')).toEqual([]);
  });

  it('that came during a join is noticed by the first push after the old end', async () => {
    const alice = await world.connect('alice');
    const { connectionId } = await alice.do('hello');
    await alice.do('join', { room: 'race' });
    // The result of a join that read the connection before the refresh and wrote the membership after it.
    await rooms.renew('race', String(connectionId), { tokenExpiresAt: Date.now() - 1 });
    const speaker = await world.connect('speaker');
    await speaker.do('join', { room: 'race' });

    await speaker.do('publish', { room: 'race', data: 'go' });

    await alice.hears('race', 'go');
    expect((await rooms.find('race', String(connectionId)))?.tokenExpiresAt).toBeGreaterThan(Date.now());
  });

  const refused: [name: string, code: string, token: () => Promise<string>][] = [
    ['of another user', 'forbidden', () => world.token('bob')],
    ['that has expired', 'unauthenticated', () => world.token('alice', { seconds: -60 })],
    ['that is none', 'unauthenticated', async () => 'nonsense'],
    ['that is empty', 'unauthenticated', async () => ''],
    [
      'without its signature',
      'unauthenticated',
      async () => `${(await world.token('alice')).replace(/[^.]+$/, '')}`,
    ],
  ];

  it.each(refused)('with a token %s is refused with %s and changes nothing', async (_n, code, make) => {
    const alice = await world.connect('alice');
    await alice.do('join', { room: 'a' });
    const rows = async () =>
      (await new Tables(dynamodb.endpoint).connections()).filter(({ sk }) => sk !== 'RATE');
    const before = await rows();

    expect(await alice.ask('refresh', { token: await make() })).toMatchObject({ code, retryable: false });

    expect(await rows()).toEqual(before);
    await alice.close();
  });
});
