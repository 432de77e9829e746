import { around } from './around.js';
import type { Bug } from './bug.js';

/** The process's own clock decides what has expired, whatever the store says. */
export const ownClock: Bug = {
  messagesTable: (table, { instance }) => around(table, { now: () => instance.now() }),
};
