import { beforeEach, describe, expect, it } from '@jest/globals';
import { importLines } from '../../../scripts/storage/move/import-lines.js';
import type { Line } from '../../../scripts/storage/move/move-file.js';
import { describeOnMySql } from '../../support/servers/mysql.js';
import type { MovableStore } from './support/movable-store.js';
import { history, OF_A_ROOM, PUBLICATIONS, ROOMS } from './support/moved-history.js';
import { DIRECTIONS, MovingWorld } from './support/moving-world.js';

describeOnMySql('Moving', (mysql) => {
  const world = new MovingWorld(mysql);

  describe.each(DIRECTIONS)('from %s to %s', (from, to) => {
    let source: MovableStore;
    let target: MovableStore;
    beforeEach(async () => {
      [source, target] = [await world.store(from), await world.store(to)];
    });

    it('keeps ten thousand publications, the place of a client that was away, and the keys in use', async () => {
      await importLines(world.write('history', history()), source.target);
      const before = await world.start(source);
      const [alice, bob] = [await before('alice'), await before('bob')];
      await alice.do('join', { room: 'lobby' });
      await bob.do('join', { room: 'lobby' });
      const seen = await alice.do('publish', { room: 'lobby', data: 'seen', key: 'k1' });
      await bob.socket.terminate();
      const missed = await alice.do('publish', { room: 'lobby', data: 'missed', key: 'k2' });
      expect([seen.offset, missed.offset]).toEqual([OF_A_ROOM + 1, OF_A_ROOM + 2]);

      const lines = await world.exported(source);
      for (const room of ['lobby', 'new-room']) {
        await alice.do('join', { room });
        const refused = await alice.ask('publish', { room, data: 'late', key: 'k3' });
        expect(refused).toMatchObject({ type: 'error', code: 'unavailable', retryable: true });
      }
      const published = (all: Line[]) => all.filter((line) => 'id' in line);
      expect(published(await world.exported(source))).toEqual(published(lines));
      expect(lines.at(-1)).toMatchObject({ publications: PUBLICATIONS + 2 });
      const file = world.write('moved', lines);
      expect(await importLines(file, target.target)).toMatchObject({ publications: PUBLICATIONS + 2 });
      await expect(importLines(file, target.target)).rejects.toThrow('This import is done.');

      const after = await world.start(target);
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

      const lines = await world.exported(source);
      await Promise.all(underWay);

      const found = new Set(lines.flatMap((line) => ('id' in line ? [line.id] : [])));
      expect([...acked.values()].flat().filter((id) => !found.has(id))).toEqual([]);
    });
  });
});
