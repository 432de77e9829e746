import { describe, expect, it } from '@jest/globals';
import { JsonText } from '../../../src/domain/json/json-text.js';
import { CountedLobby, LOBBY } from './support/counted-lobby.js';

describe('the operations on DynamoDB', () => {
  const lobby = new CountedLobby();

  it('of admitting a frame are 2 writes at once, and 1 read for the session', async () => {
    await lobby.begin({ RATE_LIMIT: 'on' });

    expect(await lobby.during(() => lobby.world.app.admitFrame.execute(lobby.alice))).toEqual([
      'get CONNECTION',
      'update RATE',
      'update RATE',
    ]);
  });

  it('of a join are 2 writes and 3 reads, and 1 more with a cursor', async () => {
    await lobby.settle();
    const { epoch } = await lobby.join();

    const joining = ['get CONNECTION', 'query LOG', 'query ROOM', 'update CONNECTION', 'update ROOM'];
    expect(await lobby.during(() => lobby.join())).toEqual(joining);
    expect(await lobby.during(() => lobby.join({ since: { epoch, offset: 0 } }))).toEqual(
      [...joining, 'query LOG'].sort(),
    );
    expect(await lobby.during(() => lobby.join({ since: { epoch, offset: 1 } }))).toEqual(joining);
  });

  it('of a join with a state are 2 writes and 1 read more; of one without, in a room with states, 1 read more', async () => {
    await lobby.settle();
    const said = { state: JsonText.of('here'), counter: 1 };
    const joining = ['get CONNECTION', 'query LOG', 'query ROOM', 'update CONNECTION', 'update ROOM'];

    expect(await lobby.during(() => lobby.join(said))).toEqual(
      [...joining, 'query ROOM', 'query STATE', 'update ROOM', 'update STATE'].sort(),
    );
    expect(await lobby.during(() => lobby.join())).toEqual([...joining, 'query STATE'].sort());
  });

  it('of setting a state are 2 writes and 2 reads', async () => {
    await lobby.settle();
    const state = { action: 'state', ...LOBBY, state: JsonText.of('here'), counter: 1 } as const;

    expect(await lobby.during(() => lobby.world.app.setState.execute(lobby.alice, state))).toEqual([
      'query ROOM',
      'query ROOM',
      'update ROOM',
      'update STATE',
    ]);
  });

  it('of leaving are 1 write more with a state', async () => {
    await lobby.settle();
    const leave = () => lobby.world.app.leaveRoom.execute(lobby.alice, { action: 'leave', ...LOBBY });
    const leaving = ['delete ROOM', 'get ROOM', 'query ROOM', 'update CONNECTION'];
    expect(await lobby.during(leave)).toEqual(leaving);

    await lobby.join({ state: JsonText.of('here'), counter: 1 });
    expect(await lobby.during(leave)).toEqual([...leaving, 'delete STATE'].sort());
  });

  it('of a refused join are 1 read, and no write', async () => {
    for (let n = 0; n < 50; n += 1)
      await lobby.world.app.joinRoom.execute(lobby.alice, { action: 'join', room: `room-${n}` });

    expect(await lobby.during(() => lobby.join().catch(() => undefined))).toEqual(['get CONNECTION']);
  });
});
