import { byId, showList } from '../page/dom.js';
import { makeRow, rowsOf, updateRow } from './rows.js';

const NEAR_PX = 48;
const LOAD_AHEAD_PX = 300;

/** The messages of the open conversation, and where in them one is. */
export const createMessagesView = (chat) => {
  const scroller = byId('scroller');
  const list = byId('messages');
  const older = byId('older');
  const jump = byId('jump');
  let shown;
  let isAtEnd = true;

  const distance = () => scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop;
  const toEnd = () => {
    isAtEnd = true;
    scroller.scrollTop = scroller.scrollHeight;
  };
  const firstVisible = () => {
    const { top } = scroller.getBoundingClientRect();
    return [...list.children].find((row) => row.getBoundingClientRect().bottom > top);
  };
  /** While there is less than fills the view, or one is near its top. */
  const loadOlder = () => {
    const { open } = chat;
    const isWanted = scroller.scrollTop < LOAD_AHEAD_PX && scroller.clientHeight > 0;
    if (open && isWanted && !open.problem && (open.kind !== 'room' || open.isJoined)) void open.loadOlder();
  };

  const update = () => {
    const { open } = chat;
    const isOther = open !== shown;
    shown = open;
    if (isOther) {
      list.replaceChildren();
      isAtEnd = true;
    }
    if (!open) return;
    const anchor = isAtEnd ? undefined : firstVisible();
    const before = anchor?.getBoundingClientRect().top;
    const actions = {
      isLive: chat.client.state === 'live',
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
    // What is above may have grown: the reader stays where he was.
    if (isAtEnd) toEnd();
    else if (anchor?.isConnected) scroller.scrollTop += anchor.getBoundingClientRect().top - before;
    if (isOther && open.firstUnread !== undefined)
      list.querySelector('.new')?.scrollIntoView({ block: 'start' });
    showJump();
    loadOlder();
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
    toEnd();
    byId('message').focus();
  });
  new ResizeObserver(() => {
    if (isAtEnd) toEnd();
  }).observe(scroller);

  chat.isWatched = () => isAtEnd && document.visibilityState === 'visible' && scroller.clientHeight > 0;
  document.addEventListener('visibilitychange', () => chat.changed());
  return { update, toEnd };
};

const pastOf = ({ isLoading, problem, hasOlder, kind, name }, count) => {
  if (problem) return `Older messages could not be read: ${problem.message}`;
  if (isLoading || hasOlder) return 'Reading older messages…';
  if (count) return 'Nothing older is kept.';
  return kind === 'direct'
    ? `You and ${name} have not written each other yet.`
    : 'Nobody has written here yet.';
};
