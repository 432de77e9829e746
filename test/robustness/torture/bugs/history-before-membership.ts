import { headPage } from '../../../../src/application/history/log-pages.js';
import type { Bug } from './bug.js';
import { overrideMethods } from './override-methods.js';

/** A client that joins is told what there was before it became a member: what came in between is in neither. */
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
