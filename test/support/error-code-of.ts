import { ClientError } from '../../src/domain/client-error.js';
import { parseFrame } from '../../src/entry/lambda/frames/reading/frame.js';

/** The code with which a text is refused, or `fine`. Rethrows any error but a `ClientError`. */
export const errorCodeOf = (text: string): string => {
  try {
    parseFrame(text);
    return 'fine';
  } catch (error) {
    if (error instanceof ClientError) return error.code;
    throw error;
  }
};
