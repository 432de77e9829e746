import { ClientError } from '../../../../domain/client-error.js';
import { checkValues, MAX_DEPTH, tooDeep } from './check-values.js';
import { scan } from './json-scan.js';

/**
 * The JSON object in a client's text. The depth is bounded before the first parse, so all later code may recurse.
 *
 * @throws ClientError `invalid_json` or `invalid_message`
 */
export const parseFrame = (text: string): Record<string, unknown> => {
  const { depth, actions } = scan(text);
  if (depth > MAX_DEPTH + 1) throw tooDeep();

  const frame = parse(text);
  if (typeof frame !== 'object' || frame === null || Array.isArray(frame))
    throw invalid('A frame is a JSON object.');
  if (new Set(actions.map((action) => JSON.stringify(parse(action)))).size > 1)
    throw invalid('`action` is there twice and says two things.');
  checkValues(frame);
  return frame as Record<string, unknown>;
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw new ClientError('invalid_json');
  }
};

const invalid = (message: string): ClientError => new ClientError('invalid_message', { message });
