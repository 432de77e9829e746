import { expect, it } from '@jest/globals';
import { RoomJoiner } from '../../../demo/chat/room-joiner.js';

const settled = () => new Promise((resolve) => setTimeout(resolve));

/** A joiner whose server answers the first joins with `answers`, and then accepts all. */
const joinerWith = (answers: object[]) => {
  const told: string[] = [];
  const client = {
    state: 'offline',
    room: () => ({
      join: async () => {
        const failure = answers.shift();
        if (failure) throw failure;
        return { members: [] };
      },
    }),
  };
  const left = new Set<object>();
  const joiner = new RoomJoiner(client, {
    isWanted: (room: object) => !left.has(room),
    entered: () => told.push('entered'),
    refused: (_room: object, { code }: { code: string }) => told.push(code),
  });
  return { joiner, told, left };
};

it('joins a room again once there is a connection', async () => {
  const { joiner, told } = joinerWith([{ code: 'connection_lost', retryable: true }]);
  await joiner.enter({ name: 'lobby' });
  expect(told).toEqual([]);

  joiner.resume();
  await settled();
  expect(told).toEqual(['entered']);
});

it('does not join a room that was left meanwhile', async () => {
  const { joiner, told, left } = joinerWith([{ code: 'connection_lost', retryable: true }]);
  const room = { name: 'lobby' };
  await joiner.enter(room);
  left.add(room);
  joiner.resume();
  await settled();

  expect(told).toEqual([]);
});

it('tells why a room cannot be joined, unless it was left before the answer', async () => {
  const { joiner, told } = joinerWith([
    // With what was said before, and without.
    { code: 'forbidden', retryable: false },
    { code: 'forbidden', retryable: false },
    { code: 'closed', retryable: false },
  ]);
  await joiner.enter({ name: 'secret' });
  await joiner.enter({ name: 'left' });

  expect(told).toEqual(['forbidden']);
});

it('lets in a user without permission to read earlier messages', async () => {
  const { joiner, told } = joinerWith([{ code: 'forbidden', retryable: false }]);
  await joiner.enter({ name: 'lobby' });

  expect(told).toEqual(['entered']);
});
