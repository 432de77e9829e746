import type { Link } from '../../../client/src/connection/link.js';
import type { Pushes } from '../../../protocol/pushes.js';

/** `npm run types` checks this file, and reports each expected error that is missing. */
export const readsThatDoNotCompile = async (link: Link, pushes: Pushes): Promise<unknown> => {
  const page = await link.request('history', { room: '*' }, 1);
  const pong = await link.request('ping', {}, 1);
  return [
    // @ts-expect-error A page has `more`, and no number of pages.
    page.pages,
    // @ts-expect-error Offsets are numbers.
    page.offset.length,
    // @ts-expect-error Only a greeting names the connection.
    pong.connectionId,
    // @ts-expect-error A notice says who left in `left`.
    pushes.presence.gone,
    // @ts-expect-error A request names what its action needs.
    await link.request('history', {}, 1),
    // @ts-expect-error There is no such action.
    await link.request('dance', {}, 1),
    // @ts-expect-error No action has such a field.
    await link.request('leave', { room: 'lobby', rom: 'lobby' }, 1),
    // @ts-expect-error There is no such push.
    pushes.dance,
  ];
};
