import type { ErrorCode } from '../../../protocol/errors.js';

/** A fake server's refusal of one frame. */
export class Refused extends Error {
  constructor(readonly code: ErrorCode) {
    super(code);
  }
}
