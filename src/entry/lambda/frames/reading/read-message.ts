import type * as z from 'zod/mini';
import { ERRORS, type ErrorCode } from '../../../../../protocol/errors.js';
import { ClientError } from '../../../../domain/client-error.js';

/**
 * The frame as its action's message.
 *
 * @throws ClientError with the code of the first error; `invalid_message` names the field
 */
export const readMessage = <Message>(schema: z.ZodMiniType<Message>, frame: unknown): Message => {
  const { success, data, error } = schema.safeParse(frame);
  if (success) return data;

  const [issue] = error.issues.map(likeliest).toSorted((a, b) => rank(a) - rank(b));
  if (!issue) throw new ClientError('invalid_message');
  if (isErrorCode(issue.message)) throw new ClientError(issue.message);
  if (issue.code === 'unrecognized_keys')
    throw new ClientError('invalid_message', { message: 'It has a field that the action does not know.' });
  throw new ClientError('invalid_message', { message: `\`${fieldOf(issue.path)}\` is missing or wrong.` });
};

/** If a field may have several forms, the error is that of the form that fits best. */
const likeliest = (issue: z.core.$ZodIssue): z.core.$ZodIssue => {
  if (issue.code !== 'invalid_union') return issue;
  const [[first] = []] = issue.errors.toSorted((a, b) => a.length - b.length);
  return first ? { ...first, path: [...issue.path, ...first.path] } : issue;
};

/** A field of the wrong type comes first: its other errors would only confuse. */
const rank = ({ message }: { message: string }): number => (isErrorCode(message) ? 1 : 0);

const isErrorCode = (text: string): text is ErrorCode => Object.hasOwn(ERRORS, text);

/** For example `resume[3].offset`: all names are from the schema, never from the client. */
const fieldOf = (path: readonly PropertyKey[]): string =>
  path
    .map((part, index) => (typeof part === 'number' ? `[${part}]` : `${index > 0 ? '.' : ''}${String(part)}`))
    .join('');
