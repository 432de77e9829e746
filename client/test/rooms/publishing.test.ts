import { describe, expect, it } from '@jest/globals';
import { ClientWorld } from '../support/client-world.js';

const error = (code: string, more: object = {}) => ({ type: 'error', code, message: code, ...more });

describe('A publish', () => {
  const world = new ClientWorld();

  it('joins again when the server has forgotten that it is a member', async () => {
    const { server, member, outcome } = world;
    const { room, seen } = await member('alice');
    server.socket.rooms.delete('lobby');

    expect(await outcome(room.publish('a'))).toMatchObject({ offset: 1 });
    expect(seen).toEqual(['a']);
  });

  it('rejects when the server denies the membership again and again', async () => {
    const { server, member, outcome } = world;
    const { room } = await member('alice');
    server.answer = ({ action }) => (action === 'publish' ? error('not_a_member') : undefined);

    await expect(outcome(room.publish('a'), 1_000)).rejects.toMatchObject({ code: 'not_a_member' });
    expect(server.frames('publish')).toHaveLength(3);
  });

  it('waits for a join that is under way', async () => {
    const { connect, outcome } = world;
    const room = connect('alice').room('lobby');

    void room.join();

    await expect(outcome(room.publish('a'))).resolves.toMatchObject({ offset: 1 });
  });

  it('rejects without a join', async () => {
    const { connect, outcome } = world;

    const published = outcome(connect('alice').room('lobby').publish('a'));

    await expect(published).rejects.toMatchObject({ code: 'not_a_member' });
  });
});
