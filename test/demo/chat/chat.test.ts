import { describe, expect, it } from '@jest/globals';
import { Chat } from '../../../demo/chat/chat.js';

const settled = () => new Promise((resolve) => setTimeout(resolve));

/** A connected client whose server refuses every join. */
const clientWithoutRooms = {
  state: 'live',
  userId: 'alice',
  on: () => {},
  cursors: () => ({}),
  everyone: { on: () => {} },
  inbox: { on: () => {}, async *history() {} },
  room: () => ({
    members: [],
    on: () => () => {},
    async join() {
      throw { code: 'forbidden', message: 'You may not do this.', retryable: false };
    },
  }),
};

const remembered = (room: object) => ({ knowsInbox: true, conversations: [{ id: 'plans', ...room }] });

describe('A room that the server refuses', () => {
  it('is forgotten', async () => {
    const chat = new Chat(clientWithoutRooms, remembered({}));
    await settled();

    expect([...chat.conversations.keys()]).toEqual(['*']);
  });

  it.each([
    ['a draft', { draft: 'Half a sent' }],
    ['a message that was not sent', { outbox: [{ key: 'k', text: 'Hi', after: 0, at: Date.now() }] }],
  ])('stays while it contains %s, which only the user may discard', async (_, room) => {
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

describe('A room that is entered for the first time', () => {
  it('shows earlier messages, and counts only later ones as unread', async () => {
    const joins: unknown[] = [];
    let say: (text: string) => void = () => {};
    let offset = 0;
    const client = {
      ...clientWithoutRooms,
      room: () => ({
        members: [],
        on: (event: string, handler: (message: object) => void) => {
          if (event === 'message')
            say = (text) => handler({ epoch: 'e', offset: ++offset, from: 'bob', data: { text } });
          return () => {};
        },
        async join(options: object) {
          joins.push(options);
          for (const text of ['one', 'two']) say(text);
          return { members: ['alice', 'bob'], truncated: false };
        },
      }),
    };
    const chat = new Chat(client, { knowsInbox: true });
    const arrivals: unknown[] = [];
    chat.addEventListener('arrival', (event) => arrivals.push((event as CustomEvent).detail.message.offset));

    const plans = chat.join('plans');
    await settled();
    expect(plans.unread).toBe(0);
    say('three');

    expect(plans.timeline.messages.map(({ offset }: { offset: number }) => offset)).toEqual([1, 2, 3]);
    expect(plans.unread).toBe(1);
    expect(arrivals).toEqual([3]);
    expect(joins).toEqual([{ last: 50 }]);
  });
});
