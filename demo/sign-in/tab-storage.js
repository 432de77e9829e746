const KEY = 'switchboard';

/**
 * The data that a tab remembers across a reload. It belongs to the tab and not to the browser, because two tabs can be two
 * people. A browser that forbids storage throws: then a reload starts from nothing.
 */
export const tabStorage = {
  recall() {
    try {
      return JSON.parse(sessionStorage.getItem(KEY) ?? 'null');
    } catch {
      return null;
    }
  },
  /** Returns whether the next page will find it. */
  keep(state) {
    try {
      sessionStorage.setItem(KEY, JSON.stringify(state));
      return true;
    } catch {
      return false;
    }
  },
  forget() {
    try {
      sessionStorage.removeItem(KEY);
    } catch {
      // Then nothing was kept either.
    }
  },
};
