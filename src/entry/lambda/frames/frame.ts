import { ClientError } from '../../../domain/client-error.js';
import { scan } from './json-scan.js';

/** Of `data`; the frame around it is one level more. */
const MAX_DEPTH = 512;

/**
 * The JSON object in a client's text. Everything behind it may recurse: depth is bounded before the first parse.
 *
 * @throws ClientError `invalid_json` or `invalid_message`
 */
export const parseFrame = (text: string): Record<string, unknown> => {
  const { depth, actions } = scan(text);
  if (depth > MAX_DEPTH + 1) throw invalid(`It is nested over ${MAX_DEPTH} levels deep.`);

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

const checkValues = (frame: object): void => {
  const open: unknown[] = [frame];
  while (open.length > 0) {
    const value = open.pop();
    if (typeof value === 'number' && !Number.isFinite(value))
      throw invalid('A number is beyond what a double holds.');
    if (typeof value === 'string') checkText(value);
    if (typeof value === 'object' && value !== null) {
      if (!Array.isArray(value)) Object.keys(value).forEach(checkText);
      for (const child of Object.values(value)) open.push(child);
    }
  }
};

const LONE_SURROGATE = /\p{Surrogate}/u;

const checkText = (text: string): void => {
  if (LONE_SURROGATE.test(text)) throw invalid('A text has half of a surrogate pair.');
};

const invalid = (message: string): ClientError => new ClientError('invalid_message', { message });
