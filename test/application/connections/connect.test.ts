import { describe, expect, it } from '@jest/globals';
import type { Row, Table } from '../../../src/adapters/dynamodb/table/table.js';
import type { Identity } from '../../../src/domain/access/identity.js';
import { Rows } from '../../robustness/torture/simulation/aws/rows.js';
import { AT_ONCE, SimulatedTable } from '../../robustness/torture/simulation/aws/simulated-table.js';
import { CountedWorld } from '../../support/worlds/counted-world.js';

const tableOn = (rows: Rows): Table => new SimulatedTable(rows, AT_ONCE);

const identityOf = (userId: string, connectionId: string, connectedAt: number): Identity => ({
  connectionId,
  userId,
  connectedAt,
  requestId: 'r',
});

describe('Connecting', () => {
  it('costs a user who does it in a loop one write for each attempt, and no probes', async () => {
    const world = new CountedWorld(tableOn(new Rows()), tableOn(new Rows()), { RATE_LIMIT: 'on' });
    const attempt = (n: number) =>
      world.app.connect.execute(identityOf('mallory', `${100 + n}=`, world.clock.now()));
    for (let n = 0; n < 30; n += 1) await attempt(n);

    const operations = await world.operationsOf(async () => {
      expect(await attempt(99)).toBe('connection_limit');
    });

    // This process already knows that the limit is exceeded, so it does not even write.
    expect(operations.length).toBeLessThanOrEqual(1);
    expect(world.clients.probes).toBe(0);
  });

  it('checks a user’s old connections at most once in ten seconds', async () => {
    const world = new CountedWorld(tableOn(new Rows()), tableOn(new Rows()), { RATE_LIMIT: 'on' });
    const attempt = (n: number) =>
      world.app.connect.execute(identityOf('mallory', `${100 + n}=`, world.clock.now()));
    for (let n = 0; n < 10; n += 1) {
      world.clients.open(`${100 + n}=`);
      expect(await attempt(n)).toBe('connected');
    }
    world.clock.advance(20_000);

    for (let n = 10; n < 20; n += 1) expect(await attempt(n)).toBe('connection_limit');
    expect(world.clients.probes).toBe(10);

    world.clock.advance(10_000);
    expect(await attempt(20)).toBe('connection_limit');
    expect(world.clients.probes).toBe(20);
  });

  it.each([0, 1, 2, 3])('leaves nothing behind when it fails after %i of its rows', async (written) => {
    const rows = new Rows();
    const table = tableOn(rows);
    const failing: Table = new Proxy(table, {
      get: (target, name) => {
        if (name !== 'putAll') return (Reflect.get(target, name) as () => unknown).bind(target);
        return async (all: readonly Row[]) => {
          for (const row of all.slice(0, written)) await target.put(row);
          throw new Error('The store went away');
        };
      },
    });
    const world = new CountedWorld(failing, tableOn(new Rows()));

    await expect(world.app.connect.execute(identityOf('alice', 'alice=', world.clock.now()))).rejects.toThrow(
      'The store went away',
    );

    for (const pk of ['CONNECTION#alice=', 'ROOM#*', 'ROOM#@alice']) expect(rows.all(pk)).toEqual([]);
  });

  it('leaves nothing behind when the limit cannot be judged', async () => {
    const rows = new Rows();
    const table = tableOn(rows);
    const failing: Table = new Proxy(table, {
      get: (target, name) => {
        if (name === 'query') return () => Promise.reject(new Error('The store went away'));
        return (Reflect.get(target, name) as () => unknown).bind(target);
      },
    });
    const world = new CountedWorld(failing, tableOn(new Rows()), { RATE_LIMIT: 'on' });

    await expect(world.app.connect.execute(identityOf('alice', 'alice=', world.clock.now()))).rejects.toThrow(
      'The store went away',
    );

    for (const pk of ['CONNECTION#alice=', 'ROOM#*', 'ROOM#@alice']) expect(rows.all(pk)).toEqual([]);
  });
});
