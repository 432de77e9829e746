import { headPage } from '../../../../../src/application/history/log-pages.js';
import type { Bug } from '../bug.js';
import { overrideMethods } from '../override-methods.js';

/** A join reads the log before it writes the membership: publications in between are neither replayed nor pushed. */
export const historyBeforeMembership: Bug = {
  application: (application, { log }) => ({
    ...application,
    joinRoom: overrideMethods(application.joinRoom, {
      async execute(caller, message) {
        const page = headPage(await log.head(message.room));
        const joined = await application.joinRoom.execute(caller, message);
        return message.since ? joined : { ...joined, ...page };
      },
    }),
  }),
};
