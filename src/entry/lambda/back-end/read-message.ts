import type { BackEndAction, BackEndMessage } from '../../../../protocol/back-end.js';
import { EVERYONE, inboxOf, type Room } from '../../../../protocol/names.js';
import { backEndMessages } from '../../../../schemas/back-end-messages.js';
import type { BackEndPublication } from '../../../application/publishing/publish-for-back-end.js';
import type { BackEndSignal } from '../../../application/signals/signal-for-back-end.js';
import { ClientError } from '../../../domain/client-error.js';
import { checkValues } from '../frames/reading/check-values.js';
import { readMessage } from '../frames/reading/read-message.js';
import { serialiseData } from '../frames/reading/serialise-data.js';

type Read = (input: unknown) => Omit<BackEndPublication, 'requestId' | 'time'> | Omit<BackEndSignal, 'time'>;

const reading =
  <A extends Exclude<BackEndAction, 'signal'>>(
    action: A,
    roomOf: (message: BackEndMessage<A>) => Room,
  ): Read =>
  (input) => {
    const message = readMessage<BackEndMessage<A>>(SCHEMAS[action], input);
    const { from, key, data } = serialiseData(message);
    return { room: roomOf(message), from, key, data };
  };

const signal: Read = (input) => {
  const message = serialiseData(readMessage<BackEndMessage<'signal'>>(SCHEMAS.signal, input));
  const { room, to = '', from, data, tag, number } = message;
  const place = tag === undefined || number === undefined ? undefined : { tag, number };
  return { room: room ?? inboxOf(to), from, data, place };
};

const SCHEMAS: { readonly [A in BackEndAction]: Parameters<typeof readMessage<BackEndMessage<A>>>[0] } =
  backEndMessages;

const READERS: ReadonlyMap<unknown, Read> = new Map<BackEndAction, Read>([
  ['broadcast', reading('broadcast', () => EVERYONE)],
  ['send', reading('send', ({ to }) => inboxOf(to))],
  ['publish', reading('publish', ({ room }) => room)],
  ['signal', signal],
]);

/** @throws ClientError */
export const readBackEndMessage: Read = (input) => {
  if (typeof input !== 'object' || input === null || Array.isArray(input))
    throw new ClientError('invalid_message', { message: 'A message is a JSON object.' });
  checkValues(input);
  const { action } = input as { action?: unknown };
  const read = READERS.get(action);
  if (!read)
    throw new ClientError('unknown_action', { message: `There is no such action. There are: ${ACTIONS}.` });
  return read(input);
};

const ACTIONS = [...READERS.keys()].join(', ');
