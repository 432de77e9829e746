import type { Bug } from './bug.js';
import { overrideMethods } from './override-methods.js';

/** The process's own clock decides what has expired, whatever the store says. */
export const ownClock: Bug = {
  messagesTable: (table, { instance }) => overrideMethods(table, { now: () => instance.now() }),
};
