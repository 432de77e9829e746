import { textOf } from '../chat/sources.js';
import { make } from '../page/dom.js';
import { face } from '../people/faces.js';
import { dayName, dayOf, timeOf } from './times.js';

/** What the same person says within this time stands together. */
const TOGETHER_MS = 5 * 60_000;

/** Everything that a conversation shows, from top to bottom: days, messages, what is still on its way. */
export const rowsOf = ({ timeline, firstUnread, outbox }, me) => {
  const rows = [];
  let last;
  for (const message of timeline.messages) {
    const { offset, at, from } = message;
    const isNewDay = !last || dayOf(last.at) !== dayOf(at);
    if (isNewDay) rows.push({ key: `day ${dayOf(at)}`, kind: 'divider', text: dayName(at) });
    if (offset === firstUnread) rows.push({ key: 'new', kind: 'divider new', text: 'New' });
    const follows = !isNewDay && offset !== firstUnread && last.from === from && at - last.at < TOGETHER_MS;
    rows.push({
      key: `${message.epoch} ${offset}`,
      kind: 'message',
      follows,
      from,
      at,
      text: textOf(message),
    });
    last = message;
  }
  for (const entry of outbox.entries) {
    const { key, text, at } = entry;
    // It came back before the server said that it took it.
    const isIt = (one) => one.from === me && one.offset > entry.after && textOf(one) === text;
    if (entry.state === 'sending' && timeline.messages.some(isIt)) continue;
    rows.push({ key, kind: 'message pending', from: me, at, text, entry });
  }
  return rows;
};

export const makeRow = ({ kind, from, at, text }) => {
  if (kind.startsWith('divider')) return make('li', { className: kind }, text);
  const byline = make(
    'div',
    { className: 'byline' },
    make('span', { className: 'author' }, from),
    timeOf(at),
  );
  return make(
    'li',
    { className: kind },
    face(from),
    byline,
    make('div', { className: 'text', dir: 'auto' }, text),
  );
};

/** `isLive`: whether what is under way can be. */
export const updateRow = (element, { follows = false, entry }, { isLive, retry, discard }) => {
  element.classList.toggle('follows', follows);
  if (!entry) return;
  const state = `${entry.state} ${isLive}`;
  if (element.dataset.state === state) return;
  element.dataset.state = state;
  element.querySelector('.state-of-it')?.remove();
  if (entry.state === 'failed') {
    // Nothing makes it shorter.
    const again =
      entry.error.code === 'payload_too_large'
        ? ''
        : make('button', { type: 'button', onclick: () => retry(entry) }, 'Try again');
    const drop = make('button', { type: 'button', onclick: () => discard(entry) }, 'Discard');
    const why = `Not sent: ${entry.error.message} (${entry.error.code})`;
    element.append(make('div', { className: 'state-of-it problem' }, why, again, drop));
  } else if (entry.state === 'sending') {
    const text = isLive ? 'Sending…' : 'Waits for the connection';
    element.append(make('div', { className: 'state-of-it' }, text));
  }
};
