import { expect, it } from '@jest/globals';
import { Entrance } from '../../../demo/chat/entrance.js';

const settled = () => new Promise((resolve) => setTimeout(resolve));

/** An entrance whose server answers the first joins with `answers`, and then accepts all. */
const entranceWith = (answers: object[]) => {
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
  const entrance = new Entrance(client, {
    isWanted: (room: object) => !left.has(room),
    entered: () => told.push('entered'),
    refused: (_room: object, { code }: { code: string }) => told.push(code),
  });
  return { entrance, told, left };
};

it('joins a room again once there is a connection', async () => {
  const { entrance, told } = entranceWith([{ code: 'connection_lost', retryable: true }]);
  await entrance.enter({ name: 'lobby' });
  expect(told).toEqual([]);

  entrance.resume();
  await settled();
  expect(told).toEqual(['entered']);
});

it('does not join a room that was left meanwhile', async () => {
  const { entrance, told, left } = entranceWith([{ code: 'connection_lost', retryable: true }]);
  const room = { name: 'lobby' };
  await entrance.enter(room);
  left.add(room);
  entrance.resume();
  await settled();

  expect(told).toEqual([]);
});

it('tells why a room cannot be joined, unless it was left before the answer', async () => {
  const { entrance, told } = entranceWith([
    // With what was said before, and without.
    { code: 'forbidden', retryable: false },
    { code: 'forbidden', retryable: false },
    { code: 'closed', retryable: false },
  ]);
  await entrance.enter({ name: 'secret' });
  await entrance.enter({ name: 'left' });

  expect(told).toEqual(['forbidden']);
});

it('lets in a user without permission to read earlier messages', async () => {
  const { entrance, told } = entranceWith([{ code: 'forbidden', retryable: false }]);
  await entrance.enter({ name: 'lobby' });

  expect(told).toEqual(['entered']);
});
