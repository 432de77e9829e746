import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { Chat } from '../../../demo/chat/chat.js';
import { typingWords } from '../../../demo/composer/typing-line.js';

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

/** Alice in the lobby, with the signals that she sends, and a function that makes the others act. */
const aliceInTheLobby = async () => {
  const signals: unknown[] = [];
  const handlers = new Map<string, (event: object) => void>();
  const inbox = new Map<string, (event: object) => void>();
  let tellState: (state: string) => void = () => {};
  const client = {
    state: 'live',
    userId: 'alice',
    on: (_event: string, handler: (state: string) => void) => {
      tellState = handler;
    },
    cursors: () => ({}),
    everyone: { on: () => {} },
    inbox: {
      on: (event: string, handler: (event: object) => void) => inbox.set(event, handler),
      async *history() {},
    },
    signal: (...signal: unknown[]) => signals.push(signal),
    room: () => ({
      members: [],
      on: (event: string, handler: (event: object) => void) => {
        handlers.set(event, handler);
        return () => {};
      },
      join: async () => ({ members: [], truncated: false }),
      signal: (...signal: unknown[]) => signals.push(signal),
    }),
  };
  const chat = new Chat(client, { knowsInbox: true });
  const lobby = chat.join('lobby');
  await jest.advanceTimersByTimeAsync(0);
  return {
    chat,
    inbox,
    signals,
    becomes: (state: string) => tellState(state),
    drafts: (text: string) => chat.draft(lobby, text),
    types: (from: string, data: unknown = { typing: true }) => handlers.get('signal')?.({ from, data }),
    says: (from: string, text: string) =>
      handlers.get('message')?.({ epoch: 'e', offset: 1, from, data: { text } }),
    shown: () => typingWords(lobby.typing.names),
  };
};

it('shows who is typing, until some seconds have passed without another signal', async () => {
  const { types, shown } = await aliceInTheLobby();

  types('bob');
  expect(shown()).toBe('bob is typing…');
  jest.advanceTimersByTime(5_000);
  types('bob');
  types('carol');
  jest.advanceTimersByTime(5_000);
  expect(shown()).toBe('bob and carol are typing…');
  types('dave');
  expect(shown()).toBe('3 people are typing…');
  jest.advanceTimersByTime(60_000);
  expect(shown()).toBe('');
});

it('stops showing a person once their message arrives', async () => {
  const { types, says, shown } = await aliceInTheLobby();

  types('bob');
  types('carol');
  says('bob', 'Hi');

  expect(shown()).toBe('carol is typing…');
});

it('stops showing people once the connection is lost', async () => {
  const { types, becomes, shown } = await aliceInTheLobby();

  types('bob');
  becomes('catching-up');
  expect(shown()).toBe('bob is typing…');
  becomes('offline');

  expect(shown()).toBe('');
});

it('shows neither the user’s own other devices nor signals of other clients', async () => {
  const { types, shown } = await aliceInTheLobby();

  types('alice');
  for (const data of [null, 'typing', { typing: false }, { x: 1 }]) types('bob', data);

  expect(shown()).toBe('');
});

it('also works in direct messages, only for the other person', async () => {
  const { chat, inbox, signals, shown } = await aliceInTheLobby();
  const bob = chat.direct('bob');

  for (const from of ['bob', 'a-stranger']) inbox.get('signal')?.({ from, data: { typing: true } });
  chat.draft(bob, 'Hi');
  chat.draft(chat.direct('alice'), 'A note to myself');

  expect(typingWords(bob.typing.names)).toBe('bob is typing…');
  expect(shown()).toBe('');
  expect(chat.conversations.has('@a-stranger')).toBe(false);
  expect(signals).toEqual([['bob', { typing: true }, { latest: 'typing' }]]);
});

it('tells the others while the user types, every few seconds and not for each letter', async () => {
  const { drafts, signals } = await aliceInTheLobby();

  for (let length = 1; length <= 100; length += 1) {
    drafts('x'.repeat(length));
    jest.advanceTimersByTime(100);
  }
  expect(signals).toEqual(Array(4).fill([{ typing: true }, { latest: 'typing' }]));

  drafts('');
  expect(signals).toHaveLength(4);
  drafts('y');
  expect(signals).toHaveLength(5);
});
