import type { Bug } from '../bug.js';
import { overrideMethods } from '../override-methods.js';

/** The process's own clock decides what has expired, and the store's time is ignored. */
export const ownClock: Bug = {
  messagesTable: (table, { instance }) => overrideMethods(table, { now: () => instance.now() }),
};
