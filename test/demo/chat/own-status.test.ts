import { expect, it } from '@jest/globals';
import { OwnStatus, statusOf } from '../../../demo/chat/own-status.js';

/** A room whose server refuses each state with `failure`, or accepts it. */
const roomWith = (failure?: object) => {
  const said: unknown[] = [];
  const setState = async (state: unknown) => {
    said.push(state);
    if (failure) throw failure;
  };
  const enter = (remembered?: string) => new OwnStatus(setState, () => {}, remembered);
  return { said, enter };
};

const own = (text?: string) => ({ user: 'alice', state: text === undefined ? null : { text } });

it('is a text in a member’s state, and nothing in any other state', () => {
  expect(statusOf(own('At lunch'))).toBe('At lunch');
  for (const state of [null, 'away', 7, { text: 7 }, { at: 'desk' }])
    expect(statusOf({ user: 'bob', state })).toBe('');
});

it('is sent to the room, and removed when it is emptied', async () => {
  const room = roomWith();
  const status = room.enter();
  await status.say('At lunch');
  await status.say('At lunch');
  await status.say('');

  expect(room.said).toEqual([{ text: 'At lunch' }, null]);
});

it('is sent again after a reload', () => {
  const room = roomWith();
  const status = room.enter('At lunch');
  status.entered(own());

  expect(room.said).toEqual([{ text: 'At lunch' }]);
  expect(status.text).toBe('At lunch');
});

it('gives way to the status of another device', () => {
  const room = roomWith();
  const status = room.enter('At lunch');
  status.entered(own('Back'));
  expect(status.text).toBe('Back');
  status.shown(own('In a call'));

  expect(status.text).toBe('In a call');
  expect(room.said).toEqual([]);
});

it('stays as it was typed until the server has answered', async () => {
  const status = roomWith().enter();
  const saying = status.say('At lunch');
  status.shown(own());
  expect(status.text).toBe('At lunch');
  await saying;
});

it('is not sent in a room that shows no members to the user', () => {
  const room = roomWith();
  room.enter('At lunch').entered(undefined);

  expect(room.said).toEqual([]);
});

it.each(['forbidden', 'room_too_large'])('is silently given up if it is %s', async (code) => {
  const status = roomWith({ code, retryable: false }).enter();
  await status.say('At lunch');

  expect(status).toMatchObject({ text: '', isRefused: true });
});

it('can be tried again after a lost connection', async () => {
  const status = roomWith({ code: 'connection_lost', retryable: true }).enter();
  await status.say('At lunch');

  expect(status).toMatchObject({ text: 'At lunch', isRefused: false });
});
