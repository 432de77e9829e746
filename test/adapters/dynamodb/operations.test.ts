import { describe, expect, it } from '@jest/globals';
import { JsonText } from '../../../src/domain/json/json-text.js';
import { CountedLobby, LOBBY } from './support/counted-lobby.js';

/** The partitions of `*`, with the one of earlier versions. */
const PARTS = Array.from({ length: 17 });

/**
 * Each test lists all operations, so that an added one is noticed. Without contention, a publication with a key may
 * take 2 writes and 5 reads; a join 2 writes and 4 reads.
 */
describe('the operations on DynamoDB', () => {
  const lobby = new CountedLobby();

  it('of a publication with a key are 2 writes and 4 reads', async () => {
    await lobby.settle();

    expect(await lobby.during(() => lobby.publish('key'))).toEqual([
      'count ROOM',
      'get ROOM',
      'put CLAIM',
      'put LOG',
      'query LOG',
      'query ROOM',
    ]);
  });

  it('of a publication with a key, while the count of members is cached, are 2 writes and 3 reads', async () => {
    await lobby.settle();
    await lobby.publish();

    expect(await lobby.during(() => lobby.publish('key'))).toEqual([
      'get ROOM',
      'put CLAIM',
      'put LOG',
      'query LOG',
      'query ROOM',
    ]);
  });

  it('of a publication without a key are 1 write and 4 reads', async () => {
    await lobby.settle();

    expect(await lobby.during(() => lobby.publish())).toEqual([
      'count ROOM',
      'get ROOM',
      'put LOG',
      'query LOG',
      'query ROOM',
    ]);
  });

  it('of a publication are the same where members have states: pushing never reads these', async () => {
    await lobby.settle();
    const said = { state: JsonText.of('x'.repeat(254)), counter: 1 };
    await lobby.join(said);
    for (let n = 0; n < 3; n += 1)
      await lobby.world.app.joinRoom.execute(await lobby.world.connect(`user-${n}`), {
        action: 'join',
        ...LOBBY,
        ...said,
      });
    lobby.world.clock.advance(60_000);

    expect(await lobby.during(() => lobby.publish())).toEqual([
      'count ROOM',
      'get ROOM',
      'put LOG',
      'query LOG',
      'query ROOM',
    ]);
    const pushed = lobby.world.clients.take(lobby.alice.connectionId);
    expect(pushed.filter(({ type }) => type === 'message')).toHaveLength(2);
  });

  it('of a publication that the stream delivers are 2 writes and 3 reads', async () => {
    await lobby.begin({ FAN_OUT_INLINE_LIMIT: '1' });
    await lobby.join();
    await lobby.world.app.joinRoom.execute(await lobby.world.connect('bob'), { action: 'join', ...LOBBY });
    await lobby.publish();
    lobby.world.clock.advance(60_000);

    expect(await lobby.during(() => lobby.publish('key'))).toEqual([
      'count ROOM',
      'get ROOM',
      'put CLAIM',
      'put LOG',
      'query LOG',
    ]);
  });

  it('of a repeated publication are 1 write that is refused, and 6 reads', async () => {
    await lobby.settle();
    await lobby.publish('key');
    lobby.world.clock.advance(60_000);

    expect(await lobby.during(() => lobby.publish('key'))).toEqual([
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
    await lobby.settle();
    for (const key of ['a', 'b', 'c']) await lobby.publish(key);

    expect(await lobby.during(() => lobby.world.app.eraseLog.execute('lobby'))).toEqual([
      ...Array(2 + 4).fill('put LOG'),
      'query LOG',
      'query LOG',
      'query LOG',
    ]);
  });

  it('of a direct message are as many, without the question for membership, and of a broadcast 2 × 16 reads more', async () => {
    const { app } = lobby.world;
    await app.broadcast.execute(lobby.alice, { action: 'broadcast', data: JsonText.of(0) });
    await app.sendDirectMessage.execute(lobby.alice, { action: 'send', to: 'alice', data: JsonText.of(0) });
    lobby.world.clock.advance(60_000);
    const expected = ['put CLAIM', 'put LOG', 'query LOG'];

    expect(
      await lobby.during(() =>
        app.broadcast.execute(lobby.alice, { action: 'broadcast', data: JsonText.of(1), key: 'k' }),
      ),
    ).toEqual([...PARTS.map(() => 'count ROOM'), ...expected, ...PARTS.map(() => 'query ROOM')]);
    const message = { action: 'send', to: 'alice', data: JsonText.of(1), key: 'k' } as const;
    expect(await lobby.during(() => app.sendDirectMessage.execute(lobby.alice, message))).toEqual([
      'count ROOM',
      ...expected,
      'query ROOM',
    ]);
  });

  it('of the first publication to a room are 1 write and 1 read more', async () => {
    expect(
      await lobby.during(() =>
        lobby.world.app.broadcast.execute(lobby.alice, { action: 'broadcast', data: JsonText.of(1) }),
      ),
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
    await lobby.begin({ RATE_LIMIT: 'on' });
    await lobby.settle();

    expect(await lobby.during(() => lobby.publish('key'))).toEqual([
      'count ROOM',
      'get ROOM',
      'put CLAIM',
      'put LOG',
      'query LOG',
      'query ROOM',
      'update RATE',
    ]);
  });
});
