/** A connection that was silent for longer than its pings allow was lost before anything noticed: the machine slept. */
const SILENCE_MS = 60_000;

const RESET_REASONS = {
  too_old: 'you were away for longer than messages are kept.',
  ahead: 'the server has lost messages that you had seen.',
  epoch_changed: 'the server has begun a new log, and what was said before is gone.',
};

/** Says after a return what happened meanwhile: how long it took, how much was caught up, and what is missing. */
export const createAbsence = (chat, { since, heardAt, tell }) => {
  const isReload = () => isFirst;
  let isFirst = true;
  let awaySince = since;
  let caughtUp = 0;
  let resets = [];

  const report = () => {
    const ms = Date.now() - awaySince;
    const messages = caughtUp === 1 ? '1 message' : `${caughtUp || 'no new'} messages`;
    const missing = resets.length ? '' : ', none missing';
    // A reload that missed nothing is no event.
    if (!isReload() || caughtUp || resets.length)
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
    const now = Date.now();
    if (state === 'live') {
      if (awaySince !== undefined) report();
      isFirst = false;
      awaySince = undefined;
      caughtUp = 0;
      resets = [];
    } else if (state !== 'catching-up' && !isFirst) {
      awaySince ??= now - heardAt() > SILENCE_MS ? heardAt() : now;
    }
  });
};

/** In the largest unit that fits. */
export const spanOf = (ms) => {
  const seconds = Math.max(1, Math.round(ms / 1_000));
  if (seconds < 100) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 100 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
};
