import { beforeEach, describe, expect, it } from '@jest/globals';
import { EVERYONE } from '../../../protocol/names.js';
import { DynamoDBConnectionRepository } from '../../../src/adapters/dynamodb/connection-repository.js';
import { DynamoDBRoomRepository, toMembershipRow } from '../../../src/adapters/dynamodb/room-repository.js';
import { CONNECTION_LIFETIME_MS } from '../../../src/domain/connection.js';
import { connectionOf, membershipOf, membersIn } from '../../contracts/repositories.js';
import { Rows } from '../../robustness/torture/simulation/aws/rows.js';
import { AT_ONCE, SimulatedTable } from '../../robustness/torture/simulation/aws/simulated-table.js';
import { CountingTable } from '../../support/tables/counting-table.js';
import { VirtualClock } from '../../support/time/virtual-clock.js';

const FORMER = 'ROOM#*';

describe('the parts of *', () => {
  let rows: Rows;
  let clock: VirtualClock;
  let operations: string[];
  let connections: DynamoDBConnectionRepository;
  let rooms: DynamoDBRoomRepository;

  beforeEach(() => {
    rows = new Rows();
    clock = new VirtualClock();
    operations = [];
    const table = new CountingTable(new SimulatedTable(rows, AT_ONCE), operations);
    connections = new DynamoDBConnectionRepository(table, clock);
    rooms = new DynamoDBRoomRepository(table, clock);
  });

  /** Written like versions that had a single partition. */
  const connectFormerly = (connectionId: string) => {
    const membership = membershipOf(connectionOf('alice', connectionId, clock.now()), EVERYONE, clock.now());
    rows.put({ ...toMembershipRow(membership), pk: FORMER });
  };
  const connect = (connectionId: string) =>
    connections.save(connectionOf('alice', connectionId, clock.now()));
  const ids = async () => (await membersIn(rooms, EVERYONE)).map(({ connectionId }) => connectionId);

  it('share the writes of 2,000 connections that open and close', async () => {
    for (let n = 0; n < 2_000; n += 1) await connect(`c${n}AbCdEfGhIj=`);
    for (let n = 0; n < 2_000; n += 1) await rooms.removeMember(EVERYONE, `c${n}AbCdEfGhIj=`);

    const parts = rows.partitions().filter((pk) => pk.startsWith('ROOM#*'));
    expect(parts).toHaveLength(16);
    for (const part of parts) expect(rows.writesTo(part)).toBeLessThan((4_000 / 16) * 1.4);
  });

  it.each([
    [10, 17],
    [2_000, 17 + 16],
  ])('are read in any order with few requests: %d members with %d', async (count, requests) => {
    for (let n = 0; n < count; n += 1) await connect(`c${n}AbCdEfGhIj=`);
    operations.length = 0;

    const found = new Set<string>();
    for await (const page of rooms.members(EVERYONE, { inAnyOrder: true, pageSize: 700 }))
      for (const { connectionId } of page) found.add(connectionId);

    expect(found.size).toBe(count);
    expect(operations).toHaveLength(requests);
  });

  it('have the members of the former partition among them', async () => {
    connectFormerly('former=');
    await connect('present=');

    expect(await ids()).toEqual(['former=', 'present=']);
    expect(await rooms.count(EVERYONE, 100)).toBe(2);
    const sections = await rooms.sections(EVERYONE, 1);
    expect(sections).toHaveLength(17);
    const found: string[] = [];
    for (const section of sections)
      for await (const page of rooms.members(EVERYONE, { section }))
        found.push(...page.map(({ connectionId }) => connectionId));
    expect(found.toSorted()).toEqual(['former=', 'present=']);
  });

  it('renew and remove a member of the former partition', async () => {
    connectFormerly('former=');

    await rooms.renew(EVERYONE, 'former=', { tokenExpiresAt: 7 });
    expect(await membersIn(rooms, EVERYONE)).toMatchObject([{ tokenExpiresAt: 7 }]);
    expect(await rooms.removeMember(EVERYONE, 'former=')).toMatchObject({ connectionId: 'former=' });
    expect(await rooms.removeMember(EVERYONE, 'former=')).toBeUndefined();
    expect(rows.keys(FORMER)).toEqual([]);
  });

  it('leave the former partition alone once its last member has expired', async () => {
    connectFormerly('former=');
    clock.advance(CONNECTION_LIFETIME_MS - 1);
    await connect('present=');
    expect(await ids()).toEqual(['former=', 'present=']);

    clock.advance(1);
    operations.length = 0;

    expect(await ids()).toEqual(['present=']);
    expect(operations).toHaveLength(16);
    await rooms.removeMember(EVERYONE, 'unknown=');
    expect(operations).toHaveLength(17);
  });

  it('are counted beyond their share where the others have less', async () => {
    for (let n = 0; n < 60; n += 1) connectFormerly(`former-${n}=`);
    await connect('present=');

    expect(await rooms.count(EVERYONE, 40)).toBe(40);
    expect(await rooms.count(EVERYONE, 61)).toBe(61);
    expect(await rooms.count(EVERYONE, 100)).toBe(61);
  });

  it('are counted by one operation each, up to their shares, where there are many members', async () => {
    for (let n = 0; n < 2_000; n += 1) await connect(`c${n}AbCdEfGhIj=`);
    operations.length = 0;
    const shares: number[] = [];
    class Asked extends SimulatedTable {
      override count(pk: string, atMost: number) {
        shares.push(atMost);
        return super.count(pk, atMost);
      }
    }
    const counted = new DynamoDBRoomRepository(new Asked(rows, AT_ONCE), clock);

    expect(await rooms.count(EVERYONE, 1_001)).toBe(1_001);
    expect(operations).toHaveLength(17);
    expect(await counted.count(EVERYONE, 1_001)).toBe(1_001);
    expect(shares).toEqual(Array(17).fill(Math.ceil(1_001 / 16)));
  });
});
