import type { Bug } from '../bug.js';

/** The stream's consumer reports a batch as served, even if parts of it failed. */
export const successForAll: Bug = {
  fanOut: (fanOut) => async (event, context) => {
    await fanOut(event, context);
    return { batchItemFailures: [] };
  },
};
