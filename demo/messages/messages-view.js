import { byId, showList } from '../page/dom.js';
import { makeRow, rowsOf, updateRow } from './rows.js';

const NEAR_PX = 48;
const LOAD_AHEAD_PX = 300;

/** The messages of the open conversation, and the reader's place among them. */
export const createMessagesView = (chat) => {
  const scroller = byId('scroller');
  const list = byId('messages');
  const older = byId('older');
  const jump = byId('jump');
  let shown;
  let isAtEnd = true;
  /** The first unread message is further up than has been read: the reader is on the way there. */
  let isSeeking = false;

  const distance = () => scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop;
  const toEnd = () => {
    isAtEnd = true;
    scroller.scrollTop = scroller.scrollHeight;
  };
  const firstVisible = () => {
    const { top } = scroller.getBoundingClientRect();
    return [...list.children].find((row) => row.getBoundingClientRect().bottom > top);
  };
  const canLoad = (open) => !open.problem && (open.kind !== 'room' || open.isJoined);
  /** While the messages do not fill the view, or the reader is near the top or on the way to what is unread. */
  const loadOlder = () => {
    const { open } = chat;
    const isWanted = isSeeking || (scroller.scrollTop < LOAD_AHEAD_PX && scroller.clientHeight > 0);
    if (open && isWanted && canLoad(open)) void open.loadOlder();
  };

  const update = () => {
    const { open } = chat;
    const isOther = open !== shown;
    shown = open;
    if (isOther) {
      list.replaceChildren();
      isAtEnd = true;
      isSeeking = open?.firstUnread !== undefined;
    }
    if (!open) return;
    const anchor = isAtEnd ? undefined : firstVisible();
    const before = anchor?.getBoundingClientRect().top;
    const actions = {
      waitsFor: obstacleOf(open, chat.client.state),
      retry: (entry) => open.outbox.retry(entry),
      discard: (entry) => open.outbox.discard(entry),
    };
    const rows = rowsOf(open, chat.me);
    showList(
      list,
      rows,
      ({ key }) => key,
      makeRow,
      (element, row) => updateRow(element, row, actions),
    );
    older.textContent = pastOf(open, rows.length);
    // The list may have grown above: the reader's place stays the same.
    if (isAtEnd) toEnd();
    else if (anchor?.isConnected) scroller.scrollTop += anchor.getBoundingClientRect().top - before;
    if (isSeeking && open.reachesUnread) arrive();
    if (open.unread && chat.isWatched()) queueMicrotask(chat.changed);
    showJump();
    loadOlder();
  };

  /** The first unread message is there: the reader goes on from it. */
  const arrive = () => {
    isSeeking = false;
    list.querySelector('.new')?.scrollIntoView({ block: 'start' });
    isAtEnd = distance() < NEAR_PX;
  };

  const showJump = () => {
    const unread = chat.open?.unread ?? 0;
    jump.hidden = isAtEnd || (!unread && distance() < scroller.clientHeight);
    jump.textContent = unread
      ? `${unread} new ${unread === 1 ? 'message' : 'messages'} ↓`
      : 'To the newest ↓';
  };

  scroller.addEventListener('scroll', () => {
    isAtEnd = distance() < NEAR_PX;
    if (isAtEnd && chat.open?.unread) chat.changed();
    showJump();
    loadOlder();
  });
  jump.addEventListener('click', () => {
    isSeeking = false;
    toEnd();
    byId('message').focus();
  });
  new ResizeObserver(() => {
    if (isAtEnd) toEnd();
  }).observe(scroller);

  chat.isWatched = () => {
    // Before the next update, the scroller still shows the conversation before.
    const isShown = chat.open === shown && !isSeeking && scroller.clientHeight > 0;
    return isShown && isAtEnd && document.visibilityState === 'visible';
  };
  document.addEventListener('visibilitychange', () => chat.changed());
  return { update, toEnd };
};

const obstacleOf = (open, state) => {
  if (state !== 'live') return 'for the connection';
  if (open.kind === 'room' && !open.isJoined) return 'until you are in the room';
  return open.outbox.isStopped ? 'for the message above' : '';
};

const pastOf = ({ isLoading, problem, hasOlder, kind, name }, count) => {
  if (problem) return `Older messages could not be read: ${problem.message}`;
  if (isLoading || hasOlder) return 'Reading older messages…';
  if (count) return 'No older messages.';
  return kind === 'direct'
    ? `No messages between you and ${name} yet.`
    : 'No messages yet. Write the first one.';
};
