import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Caller } from '../../../src/domain/access/caller.js';
import { JsonText } from '../../../src/domain/json/json-text.js';
import { TestDynamoDB } from '../../support/servers/dynamodb.js';
import { CountedWorld } from '../../support/worlds/counted-world.js';

const dynamodb = new TestDynamoDB();

/** The partitions of `*`, with the one of earlier versions. */
const PARTS = Array.from({ length: 17 });

/**
 * Each test lists all operations, so that an added one is noticed. Without contention, a publication with a key may
 * take 2 writes and 5 reads; a join 2 writes and 4 reads.
 */
describe('the operations on DynamoDB', () => {
  let world: CountedWorld;
  let alice: Caller;
  const lobby = { room: 'lobby' };
  const during = (work: () => Promise<unknown>) => world.operationsOf(work);
  const publish = (key?: string) =>
    world.app.publishToRoom.execute(alice, {
      action: 'publish',
      ...lobby,
      data: JsonText.of('x'),
      ...(key && { key }),
    });
  const join = (rest: object = {}) =>
    world.app.joinRoom.execute(alice, { action: 'join', ...lobby, ...rest });
  /** A room with an earlier publication. */
  const settle = async () => {
    await join();
    await publish();
    world.clock.advance(60_000);
  };

  beforeEach(async () => {
    world = new CountedWorld(await dynamodb.table(), await dynamodb.table());
    alice = await world.connect('alice');
  });

  it('of a publication with a key are 2 writes and 4 reads', async () => {
    await settle();

    expect(await during(() => publish('key'))).toEqual([
      'count ROOM',
      'get ROOM',
      'put CLAIM',
      'put LOG',
      'query LOG',
      'query ROOM',
    ]);
  });

  it('of a publication with a key, while the count of members is cached, are 2 writes and 3 reads', async () => {
    await settle();
    await publish();

    expect(await during(() => publish('key'))).toEqual([
      'get ROOM',
      'put CLAIM',
      'put LOG',
      'query LOG',
      'query ROOM',
    ]);
  });

  it('of a publication without a key are 1 write and 4 reads', async () => {
    await settle();

    expect(await during(() => publish())).toEqual([
      'count ROOM',
      'get ROOM',
      'put LOG',
      'query LOG',
      'query ROOM',
    ]);
  });

  it('of a publication are the same where members have states: pushing never reads these', async () => {
    await settle();
    const said = { state: JsonText.of('x'.repeat(254)), counter: 1 };
    await join(said);
    for (let n = 0; n < 3; n += 1)
      await world.app.joinRoom.execute(await world.connect(`user-${n}`), {
        action: 'join',
        ...lobby,
        ...said,
      });
    world.clock.advance(60_000);

    expect(await during(() => publish())).toEqual([
      'count ROOM',
      'get ROOM',
      'put LOG',
      'query LOG',
      'query ROOM',
    ]);
    const pushed = world.clients.take(alice.connectionId);
    expect(pushed.filter(({ type }) => type === 'message')).toHaveLength(2);
  });

  it('of a publication that the stream delivers are 2 writes and 3 reads', async () => {
    world = new CountedWorld(await dynamodb.table(), await dynamodb.table(), {
      FAN_OUT_INLINE_LIMIT: '1',
    });
    for (const name of ['alice', 'bob']) {
      const caller = await world.connect(name);
      await world.app.joinRoom.execute(caller, { action: 'join', ...lobby });
    }
    await publish();
    world.clock.advance(60_000);

    expect(await during(() => publish('key'))).toEqual([
      'count ROOM',
      'get ROOM',
      'put CLAIM',
      'put LOG',
      'query LOG',
    ]);
  });

  it('of a repeated publication are 1 write that is refused, and 6 reads', async () => {
    await settle();
    await publish('key');
    world.clock.advance(60_000);

    expect(await during(() => publish('key'))).toEqual([
      'count ROOM',
      'get CLAIM',
      'get LOG',
      'get ROOM',
      'put CLAIM',
      'query LOG',
      'query ROOM',
    ]);
  });

  it('of an erasure are a seal, a new epoch and one write for each row, in batches, and 3 reads', async () => {
    await settle();
    for (const key of ['a', 'b', 'c']) await publish(key);

    expect(await during(() => world.app.eraseLog.execute('lobby'))).toEqual([
      ...Array(2 + 4).fill('put LOG'),
      'query LOG',
      'query LOG',
      'query LOG',
    ]);
  });

  it('of a direct message are as many, without the question for membership, and of a broadcast 2 × 16 reads more', async () => {
    const { app } = world;
    await app.broadcast.execute(alice, { action: 'broadcast', data: JsonText.of(0) });
    await app.sendDirectMessage.execute(alice, { action: 'send', to: 'alice', data: JsonText.of(0) });
    world.clock.advance(60_000);
    const expected = ['put CLAIM', 'put LOG', 'query LOG'];

    expect(
      await during(() =>
        app.broadcast.execute(alice, { action: 'broadcast', data: JsonText.of(1), key: 'k' }),
      ),
    ).toEqual([...PARTS.map(() => 'count ROOM'), ...expected, ...PARTS.map(() => 'query ROOM')]);
    const message = { action: 'send', to: 'alice', data: JsonText.of(1), key: 'k' } as const;
    expect(await during(() => app.sendDirectMessage.execute(alice, message))).toEqual([
      'count ROOM',
      ...expected,
      'query ROOM',
    ]);
  });

  it('of the first publication to a room are 1 write and 1 read more', async () => {
    expect(
      await during(() => world.app.broadcast.execute(alice, { action: 'broadcast', data: JsonText.of(1) })),
    ).toEqual([
      ...PARTS.map(() => 'count ROOM'),
      'get MOVED',
      'put LOG',
      'put LOG',
      'query LOG',
      ...PARTS.map(() => 'query ROOM'),
    ]);
  });

  it('of a publication are 1 write more where rates are limited', async () => {
    world = new CountedWorld(await dynamodb.table(), await dynamodb.table(), { RATE_LIMIT: 'on' });
    alice = await world.connect('alice');
    await settle();

    expect(await during(() => publish('key'))).toEqual([
      'count ROOM',
      'get ROOM',
      'put CLAIM',
      'put LOG',
      'query LOG',
      'query ROOM',
      'update RATE',
    ]);
  });

  it('of admitting a frame are 2 writes at once, and 1 read for the session', async () => {
    world = new CountedWorld(await dynamodb.table(), await dynamodb.table(), { RATE_LIMIT: 'on' });
    alice = await world.connect('alice');

    expect(await during(() => world.app.admitFrame.execute(alice))).toEqual([
      'get CONNECTION',
      'update RATE',
      'update RATE',
    ]);
  });

  it('of a join are 2 writes and 3 reads, and 1 more with a cursor', async () => {
    await settle();
    const { epoch } = await join();

    const joining = ['get CONNECTION', 'query LOG', 'query ROOM', 'update CONNECTION', 'update ROOM'];
    expect(await during(() => join())).toEqual(joining);
    expect(await during(() => join({ since: { epoch, offset: 0 } }))).toEqual(
      [...joining, 'query LOG'].sort(),
    );
    expect(await during(() => join({ since: { epoch, offset: 1 } }))).toEqual(joining);
  });

  it('of a join with a state are 2 writes more; of one without, in a room with states, 1 read more', async () => {
    await settle();
    const said = { state: JsonText.of('here'), counter: 1 };
    const joining = ['get CONNECTION', 'query LOG', 'query ROOM', 'update CONNECTION', 'update ROOM'];

    expect(await during(() => join(said))).toEqual(
      [...joining, 'query STATE', 'update ROOM', 'update STATE'].sort(),
    );
    expect(await during(() => join())).toEqual([...joining, 'query STATE'].sort());
  });

  it('of setting a state are 2 writes and 2 reads', async () => {
    await settle();
    const state = { action: 'state', ...lobby, state: JsonText.of('here'), counter: 1 } as const;

    expect(await during(() => world.app.setState.execute(alice, state))).toEqual([
      'query ROOM',
      'query ROOM',
      'update ROOM',
      'update STATE',
    ]);
  });

  it('of leaving are 1 write more with a state', async () => {
    await settle();
    const leave = () => world.app.leaveRoom.execute(alice, { action: 'leave', ...lobby });
    const leaving = ['delete ROOM', 'get ROOM', 'query ROOM', 'update CONNECTION'];
    expect(await during(leave)).toEqual(leaving);

    await join({ state: JsonText.of('here'), counter: 1 });
    expect(await during(leave)).toEqual([...leaving, 'delete STATE'].sort());
  });

  it('of a refused join are 1 read, and no write', async () => {
    for (let n = 0; n < 50; n += 1)
      await world.app.joinRoom.execute(alice, { action: 'join', room: `room-${n}` });

    expect(await during(() => join().catch(() => undefined))).toEqual(['get CONNECTION']);
  });
});
