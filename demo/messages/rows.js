import { textOf } from '../chat/sources.js';
import { make } from '../page/dom.js';
import { avatar } from '../people/avatar.js';
import { piecesOf } from './links.js';
import { dayName, dayOf, timeOf } from './times.js';

/** Messages of one person within this time are shown as one group. */
const TOGETHER_MS = 5 * 60_000;

/** Everything that a conversation shows, from top to bottom: days, messages, and what is still being sent. */
export const rowsOf = ({ timeline, firstUnread, outbox, palette }, me) => {
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
      hue: palette.hueOf(from),
    });
    last = message;
  }
  for (const entry of outbox.entries) {
    const { key, text, at } = entry;
    // The message itself came back before the ack.
    const isIt = (one) => one.from === me && one.offset > entry.after && textOf(one) === text;
    if (entry.state === 'sending' && timeline.messages.some(isIt)) continue;
    rows.push({ key, kind: 'message pending', from: me, at, text, entry, hue: palette.hueOf(me) });
  }
  return rows;
};

const linked = (text) =>
  piecesOf(text).map((piece) =>
    typeof piece === 'string'
      ? piece
      : make('a', { href: piece.href, target: '_blank', rel: 'noopener' }, piece.text),
  );

export const makeRow = ({ kind, from, at, text, hue }) => {
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
    avatar(from, hue),
    byline,
    make('div', { className: 'text', dir: 'auto' }, ...linked(text)),
  );
};

/** `waitsFor`: why nothing can be sent now, if that is so. */
export const updateRow = (element, { follows = false, entry }, { waitsFor, retry, discard }) => {
  element.classList.toggle('follows', follows);
  if (!entry) return;
  const state = `${entry.state} ${waitsFor}`;
  if (element.dataset.state === state) return;
  element.dataset.state = state;
  element.querySelector('.state-of-it')?.remove();
  if (entry.state === 'failed') {
    // Another try cannot make it shorter.
    const again =
      entry.error.code === 'payload_too_large'
        ? ''
        : make('button', { type: 'button', onclick: () => retry(entry) }, 'Try again');
    const drop = make('button', { type: 'button', onclick: () => discard(entry) }, 'Discard');
    const why = `Not sent: ${entry.error.message} (${entry.error.code})`;
    element.append(make('div', { className: 'state-of-it problem' }, why, again, drop));
  } else if (entry.state === 'sending') {
    const text = waitsFor ? `Waits ${waitsFor}` : 'Sending…';
    element.append(make('div', { className: 'state-of-it' }, text));
  }
};
