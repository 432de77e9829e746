const KEY = 'switchboard';

/** What a tab remembers of itself when it is reloaded. Of the tab, not of the browser: two tabs can be two people. */
export const memory = {
  recall() {
    try {
      return JSON.parse(sessionStorage.getItem(KEY) ?? 'null');
    } catch {
      return null;
    }
  },
  keep(state) {
    try {
      sessionStorage.setItem(KEY, JSON.stringify(state));
    } catch {
      // Full, or forbidden by the browser's settings: then a reloaded tab begins anew.
    }
  },
  forget() {
    sessionStorage.removeItem(KEY);
  },
};
