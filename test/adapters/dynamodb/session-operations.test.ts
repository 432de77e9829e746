import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Caller } from '../../../src/domain/access/caller.js';
import { JsonText } from '../../../src/domain/json/json-text.js';
import { TestDynamoDB } from '../../support/servers/dynamodb.js';
import { CountedWorld } from '../../support/worlds/counted-world.js';

const dynamodb = new TestDynamoDB();

describe('the operations on DynamoDB', () => {
  let world: CountedWorld;
  let alice: Caller;
  const lobby = { room: 'lobby' };
  const during = (work: () => Promise<unknown>) => world.operationsOf(work);
  const join = () => world.app.joinRoom.execute(alice, { action: 'join', ...lobby });
  /** A room with an earlier publication. */
  const settle = async () => {
    await join();
    await world.app.publishToRoom.execute(alice, { action: 'publish', ...lobby, data: JsonText.of('x') });
    world.clock.advance(60_000);
  };

  beforeEach(async () => {
    world = new CountedWorld(await dynamodb.table(), await dynamodb.table());
    alice = await world.connect('alice');
  });

  it('of leaving are 2 writes and 2 reads, of which one looks for a join in between', async () => {
    await settle();

    expect(await during(() => world.app.leaveRoom.execute(alice, { action: 'leave', ...lobby }))).toEqual([
      'delete ROOM',
      'get ROOM',
      'query ROOM',
      'update CONNECTION',
    ]);
  });

  it('of connecting are 3 writes', async () => {
    expect(await during(() => world.connect('bob'))).toEqual(['put CONNECTION', 'put ROOM', 'put ROOM']);
  });

  it('of connecting are 4 writes and 1 read where a user’s connections are limited', async () => {
    world = new CountedWorld(await dynamodb.table(), await dynamodb.table(), { RATE_LIMIT: 'on' });

    expect(await during(() => world.connect('bob'))).toEqual([
      'put CONNECTION',
      'put ROOM',
      'put ROOM',
      'query ROOM',
      'update RATE',
    ]);
  });

  it('of disconnecting are 3 writes, and 1 write and 1 read for each joined room', async () => {
    await settle();
    const gone = ['delete CONNECTION', 'delete ROOM', 'delete ROOM', 'delete ROOM', 'query ROOM'];

    expect(await during(() => world.app.disconnect.execute('alice='))).toEqual(gone);
    expect(await during(() => world.app.disconnect.execute('alice='))).toEqual(['delete CONNECTION']);
  });

  it('of disconnecting one that was forgotten while it connected include what it wrote afterwards', async () => {
    await settle();
    await world.app.disconnect.execute('alice=');
    // Its membership of `*` may also be in the previous version's partition.
    const gone = ['delete CONNECTION', 'delete ROOM', 'delete ROOM', 'delete ROOM'];

    expect(await during(() => world.app.disconnect.execute('alice=', 'alice'))).toEqual(gone);
  });

  it('of history are 3 reads', async () => {
    await settle();

    expect(await during(() => world.app.readHistory.execute(alice, { action: 'history', ...lobby }))).toEqual(
      ['get ROOM', 'query LOG', 'query LOG'],
    );
  });

  it('of presence are 2 reads', async () => {
    await settle();

    expect(
      await during(() => world.app.readPresence.execute(alice, { action: 'presence', ...lobby })),
    ).toEqual(['get ROOM', 'query ROOM']);
  });

  it('of hello are 3 reads, and for each resumed room those of a join without its first', async () => {
    await settle();
    const { epoch, offset } = await join();
    await world.app.hello.execute(alice, { action: 'hello' });

    const open = ['get CONNECTION', 'query LOG', 'query LOG'];
    expect(await during(() => world.app.hello.execute(alice, { action: 'hello' }))).toEqual(open);
    const resume = [{ ...lobby, epoch, offset: offset - 1 }];
    expect(await during(() => world.app.hello.execute(alice, { action: 'hello', resume }))).toEqual(
      [...open, 'update ROOM', 'update CONNECTION', 'query ROOM', 'query LOG', 'query LOG'].sort(),
    );
  });

  it('of ping are none, and 2 reads for each joined room that is asked for, 1 for an open one', async () => {
    await settle();
    await world.app.hello.execute(alice, { action: 'hello' });

    expect(await during(() => world.app.ping.execute(alice, { action: 'ping' }))).toEqual([]);
    const rooms = ['lobby', '*'];
    expect(await during(() => world.app.ping.execute(alice, { action: 'ping', rooms }))).toEqual([
      'get ROOM',
      'query LOG',
      'query LOG',
    ]);
  });
});
