import { byId } from '../page/dom.js';
import { needsToken, reasonOf } from './connection-words.js';

/** Connections that come back within this time are no news: a line would only flicker. */
const PATIENCE_MS = 400;

/** One line above everything while there is no connection: why, when the next try is, and what the user can do. */
export const createConnectionLine = (client, { hasNetwork, renewToken }) => {
  const line = byId('connection');
  const tryNow = byId('try-now');
  const newToken = byId('new-token');
  let wait;
  let ticking;

  const countdown = ({ state, nextTryAt }) => {
    if (state !== 'offline' || nextTryAt === undefined) return 'Trying again now…';
    return `Trying again in ${Math.max(1, Math.ceil((nextTryAt - Date.now()) / 1_000))} s.`;
  };
  const show = () => {
    const { status } = client;
    const why = reasonOf(status, { hasNetwork: hasNetwork(), hasToken: renewToken !== undefined });
    // A screen reader hears the reason when it changes, and is spared the countdown.
    const reason = byId('connection-reason');
    if (reason.textContent !== why) reason.textContent = why;
    byId('countdown').textContent = countdown(status);
    tryNow.disabled = status.state !== 'offline';
    newToken.hidden = !renewToken || !needsToken(status);
    line.hidden = false;
  };
  const update = () => {
    const { state, reason } = client.status;
    const isAway = reason !== undefined && (state === 'offline' || state === 'connecting');
    if (isAway && !line.hidden) return show();
    if (isAway) {
      wait ??= setTimeout(() => {
        ticking = setInterval(show, 1_000);
        show();
      }, PATIENCE_MS);
      return;
    }
    clearTimeout(wait);
    clearInterval(ticking);
    wait = undefined;
    line.hidden = true;
  };

  tryNow.addEventListener('click', () => client.connect());
  newToken.addEventListener('click', () => renewToken('Paste a new token to connect again.'));
  return update;
};
