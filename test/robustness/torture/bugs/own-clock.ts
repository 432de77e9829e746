import { around } from './around.js';
import type { Bug } from './bug.js';

/** What has expired is judged by the process's own clock, whatever the store says. */
export const ownClock: Bug = {
  messagesTable: (table, { instance }) => around(table, { now: () => instance.now() }),
};
