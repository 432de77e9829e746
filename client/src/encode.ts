import { SwitchboardError } from './switchboard-error.js';

const MAX_DATA_BYTES = 16_384;
const MAX_FRAME_BYTES = 32 * 1024;

// JSON.stringify escapes lone surrogates, so encodeURIComponent never throws here.
const bytes = (json: string): number => encodeURIComponent(json).replace(/%../g, '_').length;

const tooLarge = (what: string, size: number, limit: number) =>
  new SwitchboardError('payload_too_large', `${what} is ${size} bytes long; the limit is ${limit}`);

/** The JSON of a message's data: taken once, so that what is repeated is what was first said. */
export const encodeData = (data: unknown): string => {
  let json: string | undefined;
  try {
    json = JSON.stringify(data);
  } catch {}
  if (json === undefined) throw new SwitchboardError('invalid_message', 'data cannot be written as JSON');
  const size = bytes(json);
  if (size > MAX_DATA_BYTES) throw tooLarge('data', size, MAX_DATA_BYTES);
  return json;
};

/** `fields` is a JSON object's text. */
export const encodeFrame = (action: string, id: string, fields: string): string => {
  const rest = fields.slice(1);
  const frame = `{"action":"${action}","id":"${id}"${rest === '}' ? '' : ','}${rest}`;
  const size = bytes(frame);
  if (size > MAX_FRAME_BYTES) throw tooLarge('The frame', size, MAX_FRAME_BYTES);
  return frame;
};

/** Puts data that is JSON already into the text of the other fields. */
export const withData = (fields: Readonly<Record<string, unknown>>, data: string): string => {
  const others = JSON.stringify(fields).slice(1, -1);
  return `{${others}${others && ','}"data":${data}}`;
};
