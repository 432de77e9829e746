import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { exportLines } from '../../../scripts/storage/move/export-lines.js';
import { importLines, type Target } from '../../../scripts/storage/move/import-lines.js';
import type { Line } from '../../../scripts/storage/move/move-file.js';
import { nextEpoch } from '../../../src/domain/publications/epoch.js';
import { type Switchboard, startSwitchboard } from '../../../src/entry/local/start.js';
import { describeOnMySql } from '../../support/servers/mysql.js';
import { Client } from '../../system/e2e/support/client.js';
import { type MovableStore, movableDynamoDB, movableMySql } from './support/movable-store.js';

const PUBLICATIONS = 10_000;
const ROOMS = ['lobby', 'garden', '*', '@alice', 'a.b:c_d-e'];
const OF_A_ROOM = PUBLICATIONS / ROOMS.length;

const folder = mkdtempSync(join(tmpdir(), 'switchboard-moving-'));
afterAll(() => rmSync(folder, { recursive: true }));

const write = (name: string, lines: readonly unknown[]): string => {
  const path = join(folder, name);
  writeFileSync(path, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  return path;
};

const exported = async ({ source }: MovableStore): Promise<Line[]> => {
  const lines: Line[] = [];
  for await (const line of exportLines(source)) lines.push(line);
  return lines;
};

/** As if published within the last hours, every third with a key. */
const history = (): Line[] => {
  const startedAt = Date.now() - 3_600_000;
  const epoch = nextEpoch(startedAt, 'abcdef');
  const ofRoom = (room: string): Line[] => [
    ...Array.from({ length: OF_A_ROOM }, (_, n) => ({
      room,
      epoch,
      offset: n + 1,
      id: `${n}`,
      from: 'carol',
      at: startedAt + n,
      data: JSON.stringify(`${room} ${n + 1} ü🙂`),
      requestId: 'request',
      ...(n % 3 === 0 && { key: `key-${n}` }),
    })),
    { moved: room, epoch, startedAt, offset: OF_A_ROOM, newestAt: startedAt + OF_A_ROOM - 1 },
  ];
  return [
    { switchboard: 'rooms', version: 1, movedAt: 1 },
    ...ROOMS.flatMap(ofRoom),
    { end: true, rooms: ROOMS.length, publications: PUBLICATIONS },
  ];
};

describeOnMySql('Moving', (mysql) => {
  const stores: MovableStore[] = [];
  const programs: Switchboard[] = [];
  const clients: Client[] = [];
  afterEach(async () => {
    for (const { socket } of clients.splice(0)) socket.terminate();
    for (const program of programs.splice(0)) await program.stop();
    for (const store of stores.splice(0)) await store.stop();
  });

  const MAKE = { DynamoDB: movableDynamoDB, MySQL: () => movableMySql(mysql) };
  const store = async (kind: keyof typeof MAKE): Promise<MovableStore> => {
    const made = await MAKE[kind]();
    stores.push(made);
    return made;
  };

  const start = async ({ env }: MovableStore): Promise<(userId: string) => Promise<Client>> => {
    const program = await startSwitchboard({
      port: 0,
      memory: false,
      dataFolder: 'unused',
      frameTimeoutMs: 26_000,
      env: { LOG_LEVEL: 'silent', RATE_LIMIT: 'off', ...env },
      gateway: { limits: { closeMs: 200 } },
    });
    programs.push(program);
    return async (userId) => {
      const client = await Client.connect(
        `${program.gateway.url.replace('localhost', '127.0.0.1')}?userId=${userId}`,
      );
      clients.push(client);
      return client;
    };
  };

  describe.each([
    ['DynamoDB', 'MySQL'],
    ['MySQL', 'DynamoDB'],
  ] as const)('from %s to %s', (from, to) => {
    let source: MovableStore;
    let target: MovableStore;
    beforeEach(async () => {
      [source, target] = [await store(from), await store(to)];
    });

    it('keeps ten thousand publications, the place of a client that was away, and the keys in use', async () => {
      await importLines(write('history', history()), source.target);
      const before = await start(source);
      const [alice, bob] = [await before('alice'), await before('bob')];
      await alice.do('join', { room: 'lobby' });
      await bob.do('join', { room: 'lobby' });
      const seen = await alice.do('publish', { room: 'lobby', data: 'seen', key: 'k1' });
      await bob.socket.terminate();
      const missed = await alice.do('publish', { room: 'lobby', data: 'missed', key: 'k2' });
      expect([seen.offset, missed.offset]).toEqual([OF_A_ROOM + 1, OF_A_ROOM + 2]);

      const lines = await exported(source);
      for (const room of ['lobby', 'new-room']) {
        await alice.do('join', { room });
        const refused = await alice.ask('publish', { room, data: 'late', key: 'k3' });
        expect(refused).toMatchObject({ type: 'error', code: 'unavailable', retryable: true });
      }
      const published = (all: Line[]) => all.filter((line) => 'id' in line);
      expect(published(await exported(source))).toEqual(published(lines));
      expect(lines.at(-1)).toMatchObject({ publications: PUBLICATIONS + 2 });
      const file = write('moved', lines);
      expect(await importLines(file, target.target)).toMatchObject({ publications: PUBLICATIONS + 2 });
      await expect(importLines(file, target.target)).rejects.toThrow('This import is done.');

      const after = await start(target);
      const [alice2, bob2] = [await after('alice'), await after('bob')];
      const cursor = { room: 'lobby', epoch: seen.epoch, offset: seen.offset };
      expect(await bob2.do('hello', { resume: [cursor] })).toMatchObject({
        rooms: expect.arrayContaining([
          expect.objectContaining({
            room: 'lobby',
            recovered: true,
            items: [expect.objectContaining({ offset: missed.offset, data: 'missed' })],
          }),
        ]),
      });
      await alice2.do('join', { room: 'lobby' });
      expect(await alice2.do('publish', { room: 'lobby', data: 'missed', key: 'k2' })).toMatchObject({
        epoch: missed.epoch,
        offset: missed.offset,
      });
      expect(await alice2.do('publish', { room: 'lobby', data: 'late', key: 'k3' })).toMatchObject({
        epoch: missed.epoch,
        offset: OF_A_ROOM + 3,
      });
      for (const room of ROOMS)
        for (let offset = 1; offset <= OF_A_ROOM; offset += 500) {
          const { epoch } = await target.log.head(room);
          const found = await target.log.range(room, epoch, offset, offset + 499);
          expect(found.map(({ data }) => data.text)).toEqual(
            Array.from({ length: 500 }, (_, n) => JSON.stringify(`${room} ${offset + n} ü🙂`)),
          );
        }
    }, 240_000);

    it('includes every message that was acked while it was marked', async () => {
      const acked = new Map<string, string[]>();
      const underWay = new Set<Promise<unknown>>();
      source.whileWaiting = () => Promise.all(underWay);
      let rooms = 0;
      const lane = async () => {
        for (let n = 0; ; n += 1) {
          rooms += n % 4 === 0 ? 1 : 0;
          const room = n % 4 === 0 ? `room-${rooms}` : 'busy';
          const { publication } = await source.publish(room, `${n}`, `key-${rooms}-${n}`);
          acked.set(room, [...(acked.get(room) ?? []), publication.id]);
        }
      };
      for (let n = 0; n < 8; n += 1) {
        const running = lane().catch((error: { code?: string }) => expect(error.code).toBe('unavailable'));
        underWay.add(running);
      }
      while ((acked.get('busy') ?? []).length < 30) await new Promise(setImmediate);

      const lines = await exported(source);
      await Promise.all(underWay);

      const found = new Set(lines.flatMap((line) => ('id' in line ? [line.id] : [])));
      expect([...acked.values()].flat().filter((id) => !found.has(id))).toEqual([]);
    });

    it('continues an interrupted import', async () => {
      await source.publish('lobby', 'one', 'k1');
      const file = write('stopped', await exported(source));
      const { target: whole } = target;
      const stopped: Target = {
        begin: (movedAt) => whole.begin(movedAt),
        publications: (publications) => whole.publications(publications),
        room: () => Promise.reject(new Error('stopped')),
        end: () => whole.end(),
      };
      await expect(importLines(file, stopped)).rejects.toThrow('stopped');
      expect((await target.log.peek('lobby')).cursor).toBeUndefined();
      // Not even what a program that runs already would put in the place of what is still to come.
      await expect(target.publish('lobby', 'early', 'k2')).rejects.toMatchObject({ code: 'unavailable' });

      await importLines(file, target.target);

      expect(await target.log.head('lobby')).toMatchObject({ offset: 1 });
      expect((await target.publish('lobby', 'one', 'k1')).repeated).toBe(true);
      expect(await target.publish('new-room', 'two', 'k2')).toMatchObject({ publication: { offset: 1 } });
    });

    it('writes nothing into a store that has moved itself, where it would be published no more', async () => {
      await source.publish('lobby', 'one', 'k1');
      const file = write('moved', await exported(source));
      await exported(target);

      await expect(importLines(file, target.target)).rejects.toThrow('Import into an empty one.');
    });

    it('writes nothing into a store that has rooms, or another import', async () => {
      await source.publish('lobby', 'one', 'k1');
      const file = write('moved', await exported(source));
      await target.publish('lobby', 'mine', 'k1');

      await expect(importLines(file, target.target)).rejects.toThrow('It has rooms of its own.');

      const other = await store(to);
      const [, ...rest] = await exported(source);
      await importLines(file, other.target);
      const header = { switchboard: 'rooms', version: 1, movedAt: 7 };
      await expect(importLines(write('other', [header, ...rest]), other.target)).rejects.toThrow(
        'It holds another import.',
      );
    });

    it.each<[string, (lines: Line[]) => unknown[], string]>([
      ['goes on publishing', ([, ...rest]) => [{ switchboard: 'rooms', version: 1 }, ...rest], 'not marked'],
      ['is cut off', (lines) => lines.slice(0, -1), 'is not complete'],
      ['lacks a line', ([header, , ...rest]) => [header, ...rest], 'is not complete'],
      [
        'is of another version',
        ([header, ...rest]) => [{ ...header, version: 2 }, ...rest],
        'no export of this',
      ],
    ])('refuses a source that %s', async (_, spoilt, reason) => {
      await source.publish('lobby', 'one', 'k1');
      const file = write('spoilt', spoilt(await exported(source)));

      await expect(importLines(file, target.target)).rejects.toThrow(reason);

      expect((await target.log.peek('lobby')).cursor).toBeUndefined();
    });
  });
});
