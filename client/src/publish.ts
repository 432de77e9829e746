import { snapshot } from './encode.js';
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
  const fields = { ...where, key, data: snapshot(data) };
  const { room, epoch, offset, repeated = false } = (await perform(session, action, () => fields)).reply;
  return { room, epoch, offset, repeated };
};
