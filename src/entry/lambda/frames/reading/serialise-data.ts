import { DATA_BYTES } from '../../../../../protocol/limits.js';
import { ClientError } from '../../../../domain/client-error.js';
import { JsonText, type Serialised } from '../../../../domain/json/json-text.js';

/**
 * Serialises `data`, only here: this text is measured, stored and sent.
 *
 * @throws ClientError `payload_too_large`
 */
export const serialiseData = <Message extends { data: unknown }>(message: Message): Serialised<Message> => {
  const data = JsonText.of(message.data);
  if (data.bytes > DATA_BYTES) throw new ClientError('payload_too_large');
  return { ...message, data };
};
