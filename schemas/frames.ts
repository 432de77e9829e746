import * as z from 'zod/mini';
import type { ActionFrame, AnyAction } from '../protocol/actions.js';
import { ROOMS_PER_FRAME } from '../protocol/limits.js';
import { anyRoom, cursor, itemCount, joinableRoom, label, resumption, userId } from './grammar.js';

const frame = <A extends AnyAction, Shape extends z.core.$ZodShape>(action: A, fields: Shape) =>
  z.strictObject({ action: z.literal(action), id: z.exactOptional(label), ...fields });

const publishing = {
  /** Of any size: the server measures it where it serialises it. */
  data: z.unknown().check(z.refine((value) => value !== undefined)),
  key: z.exactOptional(label),
};

/** What fits each action. Unknown fields are refused. */
export const frames = {
  broadcast: frame('broadcast', publishing),
  send: frame('send', { to: userId, ...publishing }),
  publish: frame('publish', { room: joinableRoom, ...publishing }),
  join: frame('join', {
    room: joinableRoom,
    since: z.exactOptional(cursor),
    last: z.exactOptional(itemCount),
  }).check(z.refine(({ since, last }) => !since || !last, { path: ['last'] })),
  leave: frame('leave', { room: joinableRoom }),
  history: frame('history', {
    room: anyRoom,
    since: z.exactOptional(cursor),
    before: z.exactOptional(cursor),
    limit: z.exactOptional(itemCount),
  }).check(z.refine(({ since, before }) => !since || !before, { path: ['before'] })),
  presence: frame('presence', { room: anyRoom }),
  hello: frame('hello', {
    protocol: z.exactOptional(z.literal(1)),
    resume: z.exactOptional(z.array(resumption).check(z.maxLength(ROOMS_PER_FRAME))),
  }),
  ping: frame('ping', { rooms: z.exactOptional(z.array(anyRoom).check(z.maxLength(ROOMS_PER_FRAME))) }),
  refresh: frame('refresh', { token: z.string() }),
  keepalive: frame('keepalive', {}),
  signal: frame('signal', {
    room: z.exactOptional(joinableRoom),
    to: z.exactOptional(userId),
    data: publishing.data,
    tag: label,
    number: z.int().check(z.minimum(0)),
  }).check(z.refine(({ room, to }) => (room === undefined) !== (to === undefined), { path: ['room'] })),
} satisfies { [A in AnyAction]: z.ZodMiniType<ActionFrame<A>> };
