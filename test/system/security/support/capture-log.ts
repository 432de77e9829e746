import { expect } from '@jest/globals';
import { CapturedLog } from './captured-log.js';

/** A text that no line may have. */
export const CANARY = 'canary-1234';

/** A log, and what is to be expected of it. */
export const captureLog = () => {
  const kept = new CapturedLog();
  return {
    log: kept.log,
    text: () => kept.text,
    events: () => kept.events,
    expectOneLine: (fields: object) => {
      expect(kept.events).toEqual([expect.objectContaining(fields)]);
      expect(kept.text).not.toContain(CANARY);
    },
  };
};
