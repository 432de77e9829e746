import { describe, expect, it } from '@jest/globals';
import { ClientWorld } from '../support/client-world.js';

describe('The client’s own state in a room', () => {
  const world = new ClientWorld();
  const shown = () => world.server.states.get('lobby');
  const said = (action = 'state') =>
    world.server.frames(action).map(({ state, counter }) => [state, counter]);

  it('is sent with the join, and a later one has a higher counter', async () => {
    const { connect, outcome } = world;
    const room = connect('alice').room('lobby');

    await outcome(room.join({ state: { at: 'desk' } }));
    expect(said('join')).toEqual([[{ at: 'desk' }, 1]]);
    expect(room.members).toEqual([{ user: 'alice', state: { at: 'desk' }, counter: 1 }]);

    await outcome(room.setState('at lunch'));
    await outcome(room.setState(null));
    expect(said()).toEqual([
      ['at lunch', 2],
      [null, 3],
    ]);
    expect(room.members).toEqual([{ user: 'alice', state: null, counter: 3 }]);
  });

  it('has a higher counter than another device of the user', async () => {
    const { server, member, outcome } = world;
    server.states.set('lobby', [{ user: 'alice', state: 'on the train', counter: 7 }]);
    const { room } = await member('alice');

    await outcome(room.setState('at the desk'));

    expect(shown()).toEqual([{ user: 'alice', state: 'at the desk', counter: 8 }]);
  });

  it('is sent again if the join shows a newer state of another device', async () => {
    const { server, connect, outcome } = world;
    server.states.set('lobby', [{ user: 'alice', state: 'on the train', counter: 7 }]);
    const room = connect('alice').room('lobby');

    await outcome(room.join({ state: 'at the desk' }), 100);

    expect([said('join'), said()]).toEqual([[['at the desk', 1]], [['at the desk', 8]]]);
    expect(room.members).toEqual([{ user: 'alice', state: 'at the desk', counter: 8 }]);
  });

  it('is sent again if the join shows the state of another device with the same counter', async () => {
    const { server, connect, outcome } = world;
    server.states.set('lobby', [{ user: 'alice', state: 'on the train', counter: 1 }]);
    const room = connect('alice').room('lobby');

    await outcome(room.join({ state: 'at the desk' }), 100);

    expect(shown()).toEqual([{ user: 'alice', state: 'at the desk', counter: 2 }]);
  });

  it('is not sent again if the join shows it', async () => {
    const room = world.connect('alice').room('lobby');

    await world.outcome(room.join({ state: { at: 'desk', since: [9, null] } }), 100);

    expect(said()).toEqual([]);
  });

  it('is sent again on the next connection, unchanged', async () => {
    const { server, member, outcome, clock } = world;
    const { client, room } = await member('alice');
    await outcome(room.setState('first'));
    await outcome(room.setState('second'));
    server.states.clear();

    server.socket.cut();
    await clock.advance(2_000);

    expect(client.state).toBe('live');
    expect(said().at(-1)).toEqual(['second', 2]);
    expect(shown()).toEqual([{ user: 'alice', state: 'second', counter: 2 }]);
  });

  it('is not sent with a join once the server has forbidden it', async () => {
    const { server, connect, outcome } = world;
    const room = connect('alice').room('lobby');
    await outcome(room.join());
    const error = (id: string, code: string) => ({
      ...{ type: 'error', id, code, message: '', retryable: false, requestId: 'r' },
    });
    let isMember = false;
    server.answer = ({ action, id = '', state }) => {
      if (state !== undefined) return error(id, 'forbidden');
      if (action === 'join') isMember = true;
      return action === 'publish' && !isMember ? error(id, 'not_a_member') : undefined;
    };
    await expect(outcome(room.setState('busy'))).rejects.toMatchObject({ code: 'forbidden' });

    expect(await outcome(room.publish('back'))).toMatchObject({ offset: 1 });
  });

  it('is given up, and not the room, when a newer token forbids it', async () => {
    const { server, connect, outcome } = world;
    const room = connect('alice').room('lobby');
    const errors: unknown[] = [];
    room.on('error', (error) => errors.push(error));
    await outcome(room.join());
    await outcome(room.setState('busy'));
    let isMember = false;
    server.answer = ({ action, id = '', state }) => {
      const error = (code: string) => ({
        ...{ type: 'error', id, code, message: '', retryable: false, requestId: 'r' },
      });
      if (state !== undefined) return error('forbidden');
      if (action === 'join') isMember = true;
      return action === 'publish' && !isMember ? error('not_a_member') : undefined;
    };

    expect(await outcome(room.publish('still here'))).toMatchObject({ offset: 1 });

    expect(said('join').at(-1)).toEqual([undefined, undefined]);
    expect(errors).toEqual([]);
    await expect(outcome(room.join({ state: 'free' }))).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('ends with leaving', async () => {
    const { server, member, outcome, clock } = world;
    const { room } = await member('alice');
    await outcome(room.setState('here'));
    await outcome(room.leave());
    await outcome(room.join());
    server.socket.cut();
    await clock.advance(2_000);

    expect(said()).toEqual([['here', 1]]);
    expect(said('join')).toEqual([
      [undefined, undefined],
      [undefined, undefined],
    ]);
  });

  it('is the latest if several are set at once, and is set only by members', async () => {
    const { member, outcome, connect } = world;
    const { room } = await member('alice');
    const all = [1, 2, 3].map((n) => room.setState(n));
    await outcome(Promise.all(all));

    expect(shown()).toEqual([{ user: 'alice', state: 3, counter: 3 }]);
    const other = connect('bob').room('lobby');
    await expect(outcome(other.setState('x'))).rejects.toMatchObject({ code: 'not_a_member' });
  });

  it('is at most 256 bytes of JSON', async () => {
    const { room } = await world.member('alice');

    await expect(room.setState(`${'ä'.repeat(127)}x`)).rejects.toMatchObject({ code: 'payload_too_large' });
    await expect(room.setState('x'.repeat(255))).rejects.toMatchObject({ code: 'payload_too_large' });
    await expect(room.setState(undefined)).rejects.toMatchObject({ code: 'invalid_message' });
    await expect(room.setState(new Map())).rejects.toMatchObject({ code: 'invalid_message' });
    expect(said()).toEqual([]);
    await world.outcome(room.setState('ä'.repeat(127)));
    expect(said()).toEqual([['ä'.repeat(127), 1]]);
  });

  it('that was refused is not said later', async () => {
    const { server, connect, outcome } = world;
    const room = connect('alice').room('lobby');
    await expect(outcome(room.setState('x'))).rejects.toMatchObject({ code: 'not_a_member' });

    await outcome(room.join());

    expect(server.frames('join')).toMatchObject([{ room: 'lobby' }]);
    expect(server.frames('join')[0]).not.toHaveProperty('state');
  });
});
