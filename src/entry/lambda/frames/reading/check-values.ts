import { ClientError } from '../../../../domain/client-error.js';

/** The limit of `data`; the message around it is one level more. */
export const MAX_DEPTH = 512;

/**
 * Refuses values that JSON allows and a message may not contain. It walks without recursion, so it can check any depth.
 *
 * @throws ClientError `invalid_message`
 */
export const checkValues = (message: object): void => {
  let level: unknown[] = [message];
  for (let depth = 0; level.length > 0; depth += 1) {
    const next: unknown[] = [];
    for (const value of level) {
      if (typeof value === 'number' && !Number.isFinite(value))
        throw invalid('A number is beyond what a double holds.');
      if (typeof value === 'string') checkText(value);
      if (typeof value !== 'object' || value === null) continue;
      if (depth > MAX_DEPTH) throw tooDeep();
      if (!Array.isArray(value)) Object.keys(value).forEach(checkText);
      for (const child of Object.values(value)) next.push(child);
    }
    level = next;
  }
};

export const tooDeep = (): ClientError => invalid(`It is nested over ${MAX_DEPTH} levels deep.`);

const LONE_SURROGATE = /\p{Surrogate}/u;

const checkText = (text: string): void => {
  if (LONE_SURROGATE.test(text)) throw invalid('A text has half of a surrogate pair.');
};

const invalid = (message: string): ClientError => new ClientError('invalid_message', { message });
