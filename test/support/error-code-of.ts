import { ClientError } from '../../src/domain/client-error.js';
import { parseFrame } from '../../src/entry/lambda/frames/reading/frame.js';

/** The code that a text is refused with, or `fine`; what is not a `ClientError` is thrown on. */
export const errorCodeOf = (text: string): string => {
  try {
    parseFrame(text);
    return 'fine';
  } catch (error) {
    if (error instanceof ClientError) return error.code;
    throw error;
  }
};
