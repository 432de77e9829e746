import { ask } from '../page/ask.js';
import { tabStorage } from './tab-storage.js';

const KEEP_EVERY_MS = 300;

/** Keeps what the next page needs, and asks before unsent text is lost. */
export const createPageExit = (chat, name) => {
  let keeping;
  let isLeaving = false;

  const keep = (problem) => {
    clearTimeout(keeping);
    return tabStorage.keep({ name, chat, at: Date.now(), problem });
  };
  const keepSoon = () => {
    if (isLeaving) return;
    clearTimeout(keeping);
    keeping = setTimeout(keep, KEEP_EVERY_MS);
  };
  const mayLose = (what) => {
    const { unsent } = chat;
    if (!unsent) return true;
    const texts = unsent === 1 ? 'One text has' : `${unsent} texts have`;
    return ask(`${texts} not been sent. ${what} and lose ${unsent === 1 ? 'it' : 'them'}?`, {
      yes: what,
      no: 'Keep writing',
    });
  };

  addEventListener('pagehide', () => {
    if (!isLeaving) keep();
  });
  addEventListener('beforeunload', (event) => {
    if (isLeaving || !chat.unsent) return;
    keep();
    event.preventDefault();
  });

  return {
    keepSoon,

    /** The same person again, with everything that could be kept. */
    async startAgain(problem) {
      if (!keep(problem) && !(await mayLose('Start again'))) return;
      isLeaving = true;
      location.reload();
    },

    /** Resolves with whether the user is gone. */
    async signOut() {
      if (!(await mayLose('Leave'))) return false;
      isLeaving = true;
      clearTimeout(keeping);
      tabStorage.forget();
      location.replace(location.pathname);
      return true;
    },
  };
};
