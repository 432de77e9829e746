import type { Bug } from '../bug.js';

/** The stream's consumer reports a batch as served, whatever became of its parts. */
export const successForAll: Bug = {
  fanOut: (fanOut) => async (event, context) => {
    await fanOut(event, context);
    return { batchItemFailures: [] };
  },
};
