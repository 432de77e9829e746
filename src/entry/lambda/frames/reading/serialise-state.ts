import type { ActionFrame } from '../../../../../protocol/actions.js';
import { STATE_BYTES } from '../../../../../protocol/limits.js';
import { ClientError } from '../../../../domain/client-error.js';
import { JsonText } from '../../../../domain/json/json-text.js';

/**
 * Serialises a member's state, only here.
 *
 * @throws ClientError `payload_too_large`
 */
export const serialiseState = (
  message: ActionFrame<'state'>,
): Omit<ActionFrame<'state'>, 'state'> & { state: JsonText } => ({
  ...message,
  state: textOf(message.state),
});

/** The same for a join, whose state is optional. */
export const serialiseJoin = ({ state, ...message }: ActionFrame<'join'>): Joining =>
  state === undefined ? message : { ...message, state: textOf(state) };

type Joining = Omit<ActionFrame<'join'>, 'state'> & { state?: JsonText };

const textOf = (value: unknown): JsonText => {
  const state = JsonText.of(value);
  if (state.bytes > STATE_BYTES)
    throw new ClientError('payload_too_large', { message: `\`state\` is over ${STATE_BYTES} bytes.` });
  return state;
};
