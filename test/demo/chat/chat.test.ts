import { describe, expect, it } from '@jest/globals';
import { Chat } from '../../../demo/chat/chat.js';

const settled = () => new Promise((resolve) => setTimeout(resolve));

/** A client that is connected, and whose server lets no one into any room. */
const clientWithoutRooms = {
  state: 'live',
  userId: 'alice',
  on: () => {},
  cursors: () => ({}),
  everyone: { on: () => {} },
  inbox: { on: () => {}, async *history() {} },
  room: () => ({
    on: () => () => {},
    async join() {
      throw { code: 'forbidden', message: 'You may not do this.', retryable: false };
    },
  }),
};

const remembered = (room: object) => ({ knowsInbox: true, conversations: [{ id: 'plans', ...room }] });

describe('A room that the server does not let us into', () => {
  it('is forgotten', async () => {
    const chat = new Chat(clientWithoutRooms, remembered({}));
    await settled();

    expect([...chat.conversations.keys()]).toEqual(['*']);
  });

  it.each([
    ['a draft', { draft: 'Half a sent' }],
    ['a message that was not sent', { outbox: [{ key: 'k', text: 'Hi', after: 0, at: Date.now() }] }],
  ])('stays as long as there is %s in it, which only the user may discard', async (_, room) => {
    const problems: string[] = [];
    const chat = new Chat(clientWithoutRooms, remembered(room));
    chat.addEventListener('problem', (event) => problems.push((event as CustomEvent).detail.text));
    await settled();

    expect(chat.conversations.get('plans').unsent).toBe(1);
    expect(chat.toJSON().conversations).toEqual(
      expect.arrayContaining([expect.objectContaining({ id: 'plans' })]),
    );
    expect(problems).toEqual([
      'You are not in plans: You may not do this. (forbidden) Your unsent text is kept.',
    ]);
  });
});
