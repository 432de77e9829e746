/** A connection that was silent for longer than its pings allow was lost before anything noticed: the machine slept. */
const SILENCE_MS = 60_000;

const RESET_REASONS = {
  too_old: 'you were away for longer than messages are kept.',
  ahead: 'the server has lost messages that you had seen.',
  epoch_changed: 'the server has begun a new log, and what was said before is gone.',
};

/** Says after a return what happened meanwhile: how long it took, how much was caught up, and what is missing. */
export const createReturnSummary = (chat, { since, heardAt, tell }) => {
  /** Until everything is level after the page was loaded. */
  let isLoading = true;
  let awaySince = since;
  let caughtUp = 0;
  let resets = [];

  const report = () => {
    const ms = Date.now() - awaySince;
    const messages = caughtUp === 1 ? '1 message' : `${caughtUp || 'no new'} messages`;
    const missing = resets.length ? '' : ', none missing';
    // A reload that missed nothing is no event.
    if (!isLoading || caughtUp || resets.length)
      tell(`You were away ${spanOf(ms)}: ${messages}${caughtUp ? ' caught up' : ''}${missing}.`, resets);
  };

  chat.addEventListener('arrival', ({ detail: { message } }) => {
    if (awaySince !== undefined && message.from !== chat.me) caughtUp += 1;
  });
  chat.addEventListener('reset', ({ detail: { conversation, reason } }) => {
    const text = `Messages in ${conversation.name} are missing: ${RESET_REASONS[reason]}`;
    if (awaySince === undefined) tell(text, []);
    else resets.push(text);
  });
  chat.client.on('state', (state) => {
    if (isLoading || state === 'live' || state === 'catching-up') return;
    const now = Date.now();
    awaySince ??= now - heardAt() > SILENCE_MS ? heardAt() : now;
  });
  chat.addEventListener('change', () => {
    if (chat.client.state !== 'live' || !isSettled(chat)) return;
    if (awaySince !== undefined) report();
    isLoading = false;
    awaySince = undefined;
    caughtUp = 0;
    resets = [];
  });
};

/** Whether every room has been joined, or has refused us: until then, more may be caught up. */
const isSettled = ({ conversations }) =>
  [...conversations.values()].every((one) => one.kind !== 'room' || one.isJoined || one.isRefused);

/** In the largest unit that fits. */
export const spanOf = (ms) => {
  const seconds = Math.max(1, Math.round(ms / 1_000));
  if (seconds < 100) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 100 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
};
