import { DATA_BYTES, FRAME_BYTES } from '../../../protocol/limits.js';

import { SwitchboardError } from '../switchboard-error.js';
import { tagOf } from '../tag-of.js';

const KEPT = /^(Object|Array|String|Boolean|Null|Undefined)$/;

/** JSON would silently change it: a map into `{}`, `NaN` into `null`, a function into nothing. */
function refuseLoss(this: unknown, key: string, value: unknown): unknown {
  const original = (this as Record<string, unknown>)[key];
  if (ArrayBuffer.isView(original) || !(KEPT.test(tagOf(value)) || Number.isFinite(value)))
    throw new TypeError();
  return value;
}

/** JSON of at most `limit` bytes. */
const encode = (what: string, value: unknown, limit: number): string => {
  let json: string | undefined;
  try {
    json = JSON.stringify(value, refuseLoss);
  } catch {}
  if (!json) throw new SwitchboardError('invalid_message', `${what} cannot be JSON`);
  // JSON.stringify escapes lone surrogates, so encodeURIComponent never throws here.
  if (encodeURIComponent(json).replace(/%../g, '_').length > limit)
    throw new SwitchboardError('payload_too_large', `${what} over ${limit} bytes`);
  return json;
};

/** A copy of the caller's data as it is now: a repeated frame must equal the first one. */
export const snapshot = <T>(data: T, what = 'data', limit = DATA_BYTES): T =>
  JSON.parse(encode(what, data, limit));

export const encodeFrame = (action: string, id: string | undefined, fields?: object): string =>
  encode('frame', { ...fields, action, id }, FRAME_BYTES);
