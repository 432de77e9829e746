import type { Reply } from '../../../protocol/actions.js';
import { type Route, route } from '../../../src/entry/lambda/frames/route.js';

/** `npm run types` checks this file, and reports each expected error that is missing. */
export const routesThatDoNotCompile = (leave: Route<Reply<'leave'>>): unknown => [
  // @ts-expect-error An ack of `presence` says who is there.
  route('presence', async () => ({ room: 'lobby' })),
  // @ts-expect-error `expiresAt` is a number.
  route('refresh', async () => ({ expiresAt: 'soon' })),
  // @ts-expect-error `refresh` has no field `room`.
  route('refresh', async (_app, _caller, { room }) => ({ expiresAt: Number(room) })),
  // @ts-expect-error There is no such action.
  route('dance', async () => ({})),
  // @ts-expect-error The route of one action is not the route of another.
  leave satisfies Route<Reply<'ping'>>,
];
