import { beforeEach, describe, expect, it } from '@jest/globals';
import { importLines, type Target } from '../../../scripts/storage/move/import-lines.js';
import type { Line } from '../../../scripts/storage/move/move-file.js';
import { describeOnMySql } from '../../support/servers/mysql.js';
import type { MovableStore } from './support/movable-store.js';
import { DIRECTIONS, MovingWorld } from './support/moving-world.js';

describeOnMySql('An import', (mysql) => {
  const world = new MovingWorld(mysql);

  describe.each(DIRECTIONS)('from %s to %s', (from, to) => {
    let source: MovableStore;
    let target: MovableStore;
    beforeEach(async () => {
      [source, target] = [await world.store(from), await world.store(to)];
    });

    it('continues an interrupted import', async () => {
      await source.publish('lobby', 'one', 'k1');
      const file = world.write('stopped', await world.exported(source));
      const { target: whole } = target;
      const stopped: Target = {
        begin: (movedAt) => whole.begin(movedAt),
        publications: (publications) => whole.publications(publications),
        room: () => Promise.reject(new Error('stopped')),
        end: () => whole.end(),
      };
      await expect(importLines(file, stopped)).rejects.toThrow('stopped');
      expect((await target.log.peek('lobby')).cursor).toBeUndefined();
      // A program that already runs must not publish into rooms that are still to be imported.
      await expect(target.publish('lobby', 'early', 'k2')).rejects.toMatchObject({ code: 'unavailable' });

      await importLines(file, target.target);

      expect(await target.log.head('lobby')).toMatchObject({ offset: 1 });
      expect((await target.publish('lobby', 'one', 'k1')).repeated).toBe(true);
      expect(await target.publish('new-room', 'two', 'k2')).toMatchObject({ publication: { offset: 1 } });
    });

    it('writes nothing into a store that has moved itself, where it would be published no more', async () => {
      await source.publish('lobby', 'one', 'k1');
      const file = world.write('moved', await world.exported(source));
      await world.exported(target);

      await expect(importLines(file, target.target)).rejects.toThrow('Import into an empty one.');
    });

    it('writes nothing into a store that has rooms, or another import', async () => {
      await source.publish('lobby', 'one', 'k1');
      const file = world.write('moved', await world.exported(source));
      await target.publish('lobby', 'mine', 'k1');

      await expect(importLines(file, target.target)).rejects.toThrow('It has rooms of its own.');

      const other = await world.store(to);
      const [, ...rest] = await world.exported(source);
      await importLines(file, other.target);
      const header = { switchboard: 'rooms', version: 1, movedAt: 7 };
      await expect(importLines(world.write('other', [header, ...rest]), other.target)).rejects.toThrow(
        'It holds another import.',
      );
    });

    it('writes nothing into a store with a room in which nothing is published yet', async () => {
      await source.publish('lobby', 'one', 'k1');
      const file = world.write('moved', await world.exported(source));
      const { epoch } = await target.log.head('lobby');

      await expect(importLines(file, target.target)).rejects.toThrow('It has rooms of its own.');

      expect(await target.log.head('lobby')).toEqual({ epoch, offset: 0 });
      expect(await target.publish('lobby', 'mine', 'k1')).toMatchObject({ publication: { offset: 1 } });
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
      const file = world.write('spoilt', spoilt(await world.exported(source)));

      await expect(importLines(file, target.target)).rejects.toThrow(reason);

      expect((await target.log.peek('lobby')).cursor).toBeUndefined();
    });
  });
});
