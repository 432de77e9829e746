import { encodeData, withData } from './encode.js';
import type { Published } from './frames.js';
import { perform } from './perform.js';
import { randomKey } from './random-key.js';
import type { PublishOptions } from './room.js';
import type { Session } from './session.js';

/** Data in one of the three ways; the same key in every attempt makes it one publication. */
export const publish = async (
  session: Session,
  action: 'publish' | 'send' | 'broadcast',
  where: { readonly room?: string; readonly to?: string },
  data: unknown,
  { key = randomKey(session.config.random) }: PublishOptions = {},
): Promise<Published> => {
  const text = withData({ ...where, key }, encodeData(data));
  const { room, epoch, offset, repeated } = (await perform(session, action, () => text)).reply;
  return { room, epoch, offset, ...(repeated && { repeated }) };
};
