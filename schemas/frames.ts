import * as z from 'zod/mini';
import type { ActionFrame, AnyAction } from '../protocol/actions.js';
import { ROOMS_PER_FRAME, ROSTERS_PER_PING } from '../protocol/limits.js';
import {
  anyRoom,
  cursor,
  digest,
  itemCount,
  joinableRoom,
  label,
  resumption,
  roomOrUser,
  rosterPlace,
  userId,
} from './grammar.js';

const frame = <A extends AnyAction, Shape extends z.core.$ZodShape>(action: A, fields: Shape) =>
  z.strictObject({ action: z.literal(action), id: z.exactOptional(label), ...fields });

const present = z.refine((value) => value !== undefined);

const publishing = {
  /** Of any size: the server measures it when it serialises it. */
  data: z.unknown().check(present),
  key: z.exactOptional(label),
};

const counter = z.int().check(z.minimum(1));

/** The schema of each action. Unknown fields are refused. */
export const frames = {
  broadcast: frame('broadcast', publishing),
  send: frame('send', { to: userId, ...publishing }),
  publish: frame('publish', { room: joinableRoom, ...publishing }),
  join: frame('join', {
    room: joinableRoom,
    since: z.exactOptional(cursor),
    last: z.exactOptional(itemCount),
    state: z.optional(z.unknown()),
    counter: z.exactOptional(counter),
  }).check(
    z.refine(({ since, last }) => !since || !last, { path: ['last'] }),
    z.refine(({ state, counter }) => (state === undefined) === (counter === undefined), {
      path: ['counter'],
    }),
  ),
  leave: frame('leave', { room: joinableRoom }),
  history: frame('history', {
    room: anyRoom,
    since: z.exactOptional(cursor),
    before: z.exactOptional(cursor),
    limit: z.exactOptional(itemCount),
  }).check(z.refine(({ since, before }) => !since || !before, { path: ['before'] })),
  state: frame('state', { room: joinableRoom, state: z.unknown().check(present), counter }),
  presence: frame('presence', {
    room: anyRoom,
    after: z.exactOptional(rosterPlace),
    verify: z.exactOptional(z.boolean()),
  }),
  hello: frame('hello', {
    protocol: z.exactOptional(z.literal(1)),
    resume: z.exactOptional(z.array(resumption).check(z.maxLength(ROOMS_PER_FRAME))),
  }),
  ping: frame('ping', {
    rooms: z.exactOptional(z.array(anyRoom).check(z.maxLength(ROOMS_PER_FRAME))),
    digests: z.exactOptional(
      z.array(z.strictObject({ room: joinableRoom, digest })).check(z.maxLength(ROSTERS_PER_PING)),
    ),
  }),
  refresh: frame('refresh', { token: z.string() }),
  keepalive: frame('keepalive', {}),
  signal: frame('signal', {
    room: z.exactOptional(joinableRoom),
    to: z.exactOptional(userId),
    data: publishing.data,
    tag: label,
    number: z.int().check(z.minimum(0)),
  }).check(roomOrUser),
} satisfies { [A in AnyAction]: z.ZodMiniType<ActionFrame<A>> };
