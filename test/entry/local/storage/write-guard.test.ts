import { describe, expect, it } from '@jest/globals';
import { WriteGuard } from '../../../../src/entry/local/storage/write-guard.js';

class Journal {
  readonly done: string[] = [];
  full = false;

  async open(): Promise<void> {
    if (this.full) throw new Error('No space left on device');
    this.done.push('open');
  }

  async close(): Promise<void> {
    this.done.push('close');
  }

  async write(record: string): Promise<void> {
    if (this.full) throw new Error('No space left on device');
    this.done.push(record);
  }
}

describe('Writes after a failed one', () => {
  const journal = () => {
    const database = new Journal();
    return { database, guard: new WriteGuard(database) };
  };

  it('begin one new journal', async () => {
    const { database, guard } = journal();
    database.full = true;
    await expect(guard.write(() => database.write('a'))).rejects.toThrow('No space');
    database.full = false;

    await Promise.all(['b', 'c', 'd'].map((record) => guard.write(() => database.write(record))));

    expect(database.done).toEqual(['close', 'open', 'b', 'c', 'd']);
  });

  it('fail while no new journal can be made', async () => {
    const { database, guard } = journal();
    database.full = true;
    await expect(guard.write(() => database.write('a'))).rejects.toThrow('No space');
    await expect(guard.write(async () => {})).rejects.toThrow('No space');
    database.full = false;

    await guard.write(() => database.write('b'));

    expect(database.done.slice(-2)).toEqual(['open', 'b']);
  });

  it('count as failed when they were under way', async () => {
    const { database, guard } = journal();
    let finish = () => {};
    const underWay = guard.write(() => new Promise<void>((resolve) => (finish = resolve)));
    database.full = true;
    await expect(guard.write(() => database.write('torn'))).rejects.toThrow('No space');

    finish();

    await expect(underWay).rejects.toThrow('Another write failed meanwhile');
  });
});
