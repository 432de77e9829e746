import type { Client } from '../../../client/src/client.js';
import type { Feed } from '../../../client/src/feed.js';
import type { WaitOptions } from '../../../client/src/requests/abortable.js';
import type { Room } from '../../../client/src/room.js';

type Last<Arguments extends unknown[]> = Required<Arguments> extends [...unknown[], infer One] ? One : never;

/** The calls that wait, and take no `AbortSignal` in their options. */
type Endless<T> = {
  [K in keyof T & string]: T[K] extends (
    ...args: infer Arguments
  ) => Promise<unknown> | AsyncGenerator<unknown, unknown, unknown>
    ? WaitOptions extends NonNullable<Last<Arguments>>
      ? never
      : K
    : never;
}[keyof T & string];

/** `npm run types` checks this file: it compiles only if there is no such call. */
export const endless: Record<Endless<Client> | Endless<Room> | Endless<Feed>, never> = {};
