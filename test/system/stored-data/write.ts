// npx tsx test/system/stored-data/write.ts
// Writes `data-folder/` and `written.json` with the program as it is now.
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { developmentToken } from '../../../src/adapters/jwt/development-token.js';
import type { Client } from '../e2e/support/client.js';
import { KilledProgram } from './killed-program.js';
import { DESCRIPTION, FOLDER, type StoredCursor, type StoredRoom, type Written } from './written.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const ERIN_MS = 5_000;

const EVERYTHING =
  '{"join":["*"],"publish":["*"],"history":["*"],"presence":["*"],"send":["*"],"broadcast":true}';

const publish = async (client: Client, room: string, data: unknown, key?: string): Promise<StoredCursor> =>
  (await client.do('publish', { room, data, ...(key && { key }) })) as unknown as StoredCursor;

const readRoom = async (client: Client, room: string): Promise<StoredRoom> => {
  const { epoch, offset, items } = await client.do('history', { room, limit: 100 });
  return { epoch, offset, items } as StoredRoom;
};

const placeOf = ({ room, epoch, offset }: StoredCursor): StoredCursor => ({ room, epoch, offset });

const connectionOf = async (client: Client, rooms: string[], authorizer: Record<string, string>) => {
  const { connectionId, userId } = (await client.do('hello')) as { connectionId: string; userId: string };
  return { connectionId, userId, rooms, authorizer: { principalId: userId, userId, ...authorizer } };
};

const longAgo = async (): Promise<Pick<Written, 'outdated'>> => {
  const program = await KilledProgram.start(FOLDER, 7 * DAY_MS + 3 * HOUR_MS);
  const zoe = await program.connect('userId=zoe');
  for (const room of ['attic', 'cellar', 'renewed']) await zoe.do('join', { room });
  const attic = await publish(zoe, 'attic', 'passed 1');
  await publish(zoe, 'attic', 'passed 2');
  await publish(zoe, 'attic', 'passed 3');
  const cellar = await publish(zoe, 'cellar', 'passed', 'cellar-1');
  const renewed = await publish(zoe, 'renewed', 'passed');
  await program.kill();
  return {
    outdated: [
      { ...placeOf(attic), reason: 'too_old' },
      { ...placeOf(cellar), reason: 'epoch_changed' },
      { ...placeOf(renewed), reason: 'epoch_changed' },
    ],
  };
};

const lastWeek = async (): Promise<void> => {
  const program = await KilledProgram.start(FOLDER, 6 * DAY_MS, { FAN_OUT_INLINE_LIMIT: '0' });
  const alice = await program.connect('userId=alice');
  await alice.do('join', { room: 'attic' });
  await publish(alice, 'attic', { text: 'kept 4', deep: [[[{ constructor: 1e300 }]]] });
  await publish(alice, 'attic', 'Hyvää yötä 🌙 "quoted" \u2028');
  await alice.do('broadcast', { data: 'kept 1' });
  await alice.do('broadcast', { data: null });
  await alice.do('send', { to: 'bob', data: 'kept 1' });
  await alice.hears('*', null);
  await program.kill();
};

const yesterday = async (): Promise<Written['keys']['expired']> => {
  const program = await KilledProgram.start(FOLDER, 25 * HOUR_MS);
  const alice = await program.connect('userId=alice');
  await alice.do('join', { room: 'lobby' });
  await publish(alice, 'lobby', { n: 1 });
  await publish(alice, 'lobby', { n: 2 });
  const third = await publish(alice, 'lobby', { n: 3 }, 'yesterday');
  await program.kill();
  return { ...placeOf(third), key: 'yesterday', from: 'alice', data: { n: 3 } };
};

const justNow = async (): Promise<Pick<Written, 'rooms' | 'away'> & { open: object; used: object }> => {
  const program = await KilledProgram.start(FOLDER, 0);
  const bob = await program.connect('userId=bob');
  const alice = await program.connect('userId=alice');
  const tablet = await program.connect('userId=alice');
  const carol = await program.connect('userId=carol');
  for (const client of [bob, alice, tablet, carol]) await client.do('join', { room: 'lobby' });
  await alice.do('join', { room: 'attic' });
  await alice.do('send', { to: 'alice', data: 'a note' });
  await publish(alice, 'lobby', { n: 4 });
  const used = await publish(alice, 'lobby', { n: 5 }, 'today');
  const { heads } = await bob.do('ping', { rooms: ['*', '@bob', 'lobby'] });
  const cursors = Object.entries(heads as Record<string, StoredRoom>).map(([room, head]) =>
    placeOf({ room, ...head }),
  );
  await bob.close();
  await carol.until(() => carol.frames.some(({ left }) => `${left}` === 'bob'));

  for (const n of [6, 7, 8]) await publish(carol, 'lobby', { n });
  await alice.do('broadcast', { data: 'kept 3' });
  await alice.do('send', { to: 'bob', data: 'kept 2' });
  const elsewhere = await program.connect('userId=bob');
  const rooms = {
    '*': await readRoom(alice, '*'),
    '@alice': await readRoom(alice, '@alice'),
    '@bob': await readRoom(elsewhere, '@bob'),
    attic: await readRoom(alice, 'attic'),
    lobby: await readRoom(alice, 'lobby'),
  };
  await elsewhere.close();
  const guest = { permissions: EVERYTHING };
  const open = {
    alice: await connectionOf(alice, ['lobby', 'attic'], guest),
    tablet: await connectionOf(tablet, ['lobby'], guest),
    carol: await connectionOf(carol, ['lobby'], guest),
  };
  await program.kill();
  return {
    rooms,
    away: { userId: 'bob', cursors },
    open,
    used: { ...placeOf(used), key: 'today', from: 'alice', data: { n: 5 } },
  };
};

/** Last, and alone in their rooms: a push would find the others gone. */
const withTokens = async (): Promise<Pick<Written, 'rooms' | 'tokens'> & { open: object }> => {
  const env = { AUTH_MODE: 'jwt', AUTH_QUERY_TOKEN: 'true', AUTH_SINGLE_USE: 'true' };
  const program = await KilledProgram.start(FOLDER, 0, env);
  const issuedAt = Math.floor(Date.now() / 1000) * 1000;
  const claims = { join: ['*'], publish: ['*'], history: ['*'] };
  const token = (userId: string, tokenId: string, expiresAt: number) =>
    developmentToken({ userId, tokenId, issuedAt, expiresAt, permissions: claims });
  const [dave, erin] = [issuedAt + HOUR_MS, issuedAt + ERIN_MS];
  const tokens = {
    used: await token('dave', 'dave-1', dave),
    unused: await token('dave', 'dave-2', dave + HOUR_MS),
  };
  const daves = await program.connect(`token=${tokens.used}`);
  const erins = await program.connect(`token=${await token('erin', 'erin-1', erin)}`);
  for (const room of ['team:42', 'renewed']) await daves.do('join', { room });
  await erins.do('join', { room: 'team:42' });
  await publish(daves, 'team:42', 'with a token');
  await publish(daves, 'renewed', 'kept');
  const rooms = { 'team:42': await readRoom(daves, 'team:42'), renewed: await readRoom(daves, 'renewed') };
  const context = (expiresAt: number) => ({
    permissions: JSON.stringify(claims),
    tokenExpiresAt: String(expiresAt),
  });
  const open = {
    dave: await connectionOf(daves, ['team:42', 'renewed'], context(dave)),
    erin: await connectionOf(erins, ['team:42'], context(erin)),
  };
  await program.kill();
  await sleep(Math.max(0, erin - Date.now() + 1));
  return { rooms, open, tokens };
};

rmSync(FOLDER, { recursive: true, force: true });
const { outdated } = await longAgo();
await lastWeek();
const expired = await yesterday();
const guests = await justNow();
const holders = await withTokens();
const written = {
  moment: Date.now(),
  rooms: { ...guests.rooms, ...holders.rooms },
  away: guests.away,
  outdated,
  keys: { used: guests.used, expired },
  open: { ...guests.open, ...holders.open },
  tokens: holders.tokens,
} as Written;
writeFileSync(DESCRIPTION, `${JSON.stringify(written, null, 2)}\n`);
// LevelDB's log and lock, which are not data.
for (const name of ['LOG', 'LOG.old', 'LOCK']) rmSync(join(FOLDER, name), { force: true });
process.exit(0);
