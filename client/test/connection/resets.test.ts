import { describe, expect, it } from '@jest/globals';
import { ClientWorld } from '../support/client-world.js';

describe('A member whose place is no longer in the log', () => {
  const world = new ClientWorld();

  const away = async (change: () => void) => {
    const { server, clock, member, settle } = world;
    const { seen } = await member('alice');
    server.publish('lobby', 'before');
    await settle();
    server.socket.cut();
    change();
    await clock.advance(5_000);
    server.publish('lobby', 'after');
    await settle();
    return seen;
  };

  it('is told that the epoch changed, and gets the new one from its beginning', async () => {
    const seen = await away(() => {
      world.server.log('lobby').renew('e2');
      world.server.publish('lobby', 'first of the new');
    });

    expect(seen).toEqual([
      'before',
      { reason: 'epoch_changed', epoch: 'e2', offset: 0 },
      'first of the new',
      'after',
    ]);
  });

  it('is told that it was away for too long, and continues with the next message', async () => {
    const seen = await away(() => {
      for (const n of [2, 3, 4, 5]) world.server.publish('lobby', n);
      world.server.log('lobby').expired = 3;
    });

    expect(seen).toEqual(['before', { reason: 'too_old', epoch: 'e1', offset: 5 }, 'after']);
  });

  it('is told that it was ahead of a log that was set back', async () => {
    const seen = await away(() => {
      world.server.log('lobby').entries = [];
    });

    expect(seen).toEqual(['before', { reason: 'ahead', epoch: 'e1', offset: 0 }, 'after']);
  });

  it('notices a new epoch while it is connected', async () => {
    const { server, clock, member, settle } = world;
    const { seen } = await member('alice');
    server.publish('lobby', 'before');
    await settle();

    server.log('lobby').renew('e2');
    server.publish('lobby', 'first of the new');
    server.publish('lobby', 'second');
    await clock.advance(1_000);
    server.publish('lobby', 'third');
    await settle();

    const reset = { reason: 'epoch_changed', epoch: 'e2', offset: 0 };
    expect(seen).toEqual(['before', reset, 'first of the new', 'second', 'third']);
  });

  it('remembers a new epoch even if history fails at first', async () => {
    const { server, clock, member, settle } = world;
    const { seen } = await member('alice');
    server.publish('lobby', 'before');
    await settle();
    let refusals = 1;
    server.answer = ({ action }) =>
      action === 'history' && refusals-- > 0
        ? { type: 'error', code: 'unavailable', message: '', retryable: true }
        : undefined;

    server.log('lobby').renew('e2');
    server.publish('lobby', 'new');
    await clock.advance(5_000);

    expect(seen).toEqual(['before', { reason: 'epoch_changed', epoch: 'e2', offset: 0 }, 'new']);
  });

  it('learns from a ping that the log was set back', async () => {
    const { server, clock, member } = world;
    const { seen } = await member('alice');
    server.publish('lobby', 'before');

    await clock.advance(1_000);
    server.log('lobby').entries = [];
    await clock.advance(31 * 60_000);

    expect(seen).toEqual(['before', { reason: 'ahead', epoch: 'e1', offset: 0 }]);
  });

  it('ignores a late push of the old epoch', async () => {
    const { server, clock, member } = world;
    const { seen } = await member('alice');
    server.publish('lobby', 'now');

    server.push('lobby', {
      type: 'message',
      room: 'lobby',
      epoch: 'e0',
      offset: 2,
      data: 'then',
      id: '',
      from: '',
      at: 0,
    });
    await clock.advance(1_000);

    expect(seen).toEqual(['now']);
  });
});
