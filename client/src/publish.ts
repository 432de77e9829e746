import type { Published } from './frames.js';
import { perform } from './perform.js';
import type { Session } from './session.js';

interface Fields {
  readonly room?: string;
  readonly to?: string;
  readonly key: string;
  readonly data: unknown;
}

/** Data in one of the three ways; the same key in every attempt makes it one publication. */
export const publish = async (
  session: Session,
  action: 'publish' | 'send' | 'broadcast',
  fields: Fields,
): Promise<Published> => {
  const { room, epoch, offset, repeated = false } = (await perform(session, action, () => fields)).reply;
  return { room, epoch, offset, repeated };
};
