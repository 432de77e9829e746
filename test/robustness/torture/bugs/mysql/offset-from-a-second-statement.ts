import type { Bug } from '../bug.js';
import { overrideMethods } from '../override-methods.js';

/** Asks for a publication's place in a second statement: by then, others may have appended too. */
export const offsetFromASecondStatement: Bug = {
  portsOnMySql: ({ log }) => ({
    log: overrideMethods(log, {
      async append(room, draft, options) {
        const { publication, repeated } = await log.append(room, draft, options);
        return { publication: { ...publication, ...(await log.head(room)) }, repeated };
      },
    }),
  }),
};
