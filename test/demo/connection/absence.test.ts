import { describe, expect, it } from '@jest/globals';
import { createAbsence, spanOf } from '../../../demo/connection/absence.js';

/** A chat in one room, and every text that tells of its absences. */
const absences = ({ since }: { since?: number } = {}) => {
  const told: string[] = [];
  const room = { kind: 'room', name: 'lobby', isJoined: true, isRefused: false };
  let changeState: (state: string) => void = () => {};
  const client = {
    state: 'connecting',
    on: (_: string, handler: (state: string) => void) => {
      changeState = handler;
    },
  };
  const chat = Object.assign(new EventTarget(), {
    client,
    me: 'alice',
    conversations: new Map([['lobby', room]]),
  });
  createAbsence(chat, {
    since,
    heardAt: () => Date.now(),
    tell: (text: string, resets: string[]) => told.push([text, ...resets].join(' ')),
  });
  const dispatch = (type: string, detail: object) => chat.dispatchEvent(new CustomEvent(type, { detail }));
  return {
    told,
    room,
    becomes: (state: string) => {
      client.state = state;
      changeState(state);
      dispatch('change', {});
    },
    changes: () => dispatch('change', {}),
    receives: (from: string) => dispatch('arrival', { message: { from } }),
    misses: (reason: string) => dispatch('reset', { conversation: room, reason }),
  };
};

describe('An absence', () => {
  it('is reported with the number of messages, without our own', () => {
    const { told, becomes, receives } = absences();
    becomes('live');
    receives('bob');
    becomes('offline');
    becomes('catching-up');
    for (const from of ['bob', 'alice', 'carol']) receives(from);
    becomes('live');

    expect(told).toEqual(['You were away 1 s: 2 messages caught up, none missing.']);
  });

  it('is also reported without new messages', () => {
    const { told, becomes } = absences();
    for (const state of ['live', 'offline', 'live']) becomes(state);

    expect(told).toEqual(['You were away 1 s: no new messages, none missing.']);
  });

  it('never claims that none are missing when some are', () => {
    const { told, becomes, misses } = absences();
    becomes('live');
    becomes('offline');
    misses('too_old');
    becomes('live');

    expect(told).toEqual([
      'You were away 1 s: no new messages. Messages in lobby are missing: you were away for longer than messages are kept.',
    ]);
  });

  it('ends after a reload only when every room has been joined', () => {
    const { told, room, becomes, receives, changes } = absences({ since: Date.now() - 7_200_000 });
    room.isJoined = false;
    becomes('live');
    receives('bob');
    expect(told).toEqual([]);

    room.isJoined = true;
    changes();
    expect(told).toEqual(['You were away 2 h: 1 message caught up, none missing.']);
  });

  it('is not reported after a first visit, or a reload that missed nothing', () => {
    for (const since of [undefined, Date.now()]) {
      const { told, becomes } = absences(since === undefined ? {} : { since });
      becomes('live');
      expect(told).toEqual([]);
    }
  });
});

it.each([
  [0, '1 s'],
  [12_300, '12 s'],
  [95_000, '95 s'],
  [180_000, '3 min'],
  [7_200_000, '2 h'],
])('says that %d ms are %s', (ms, text) => {
  expect(spanOf(ms)).toBe(text);
});
