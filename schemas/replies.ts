import * as z from 'zod/mini';
import type { Ack, Action } from '../protocol/actions.js';
import { HISTORY_LIMIT, ROSTER_USERS, ROSTERS_PER_PING } from '../protocol/limits.js';
import { anyRoom, cursor, digest, label, roomCursor, rosterPlace, userId } from './grammar.js';
import { item } from './item.js';
import { refusal } from './refusal.js';
import { userState } from './user-state.js';

const ack = <Shape extends z.core.$ZodShape>(reply: Shape) =>
  z.strictObject({ type: z.literal('ack'), id: z.exactOptional(label), ...reply });

const published = { ...roomCursor.shape, repeated: z.exactOptional(z.literal(true)) };

const page = {
  ...roomCursor.shape,
  items: z.array(item).check(z.maxLength(HISTORY_LIMIT)),
  more: z.boolean(),
  recovered: z.boolean(),
  reason: z.exactOptional(z.enum(['epoch_changed', 'too_old', 'ahead'])),
  start: z.exactOptional(cursor),
};

const members = {
  room: anyRoom,
  members: z.array(userId).check(z.maxLength(ROSTER_USERS)),
  states: z.exactOptional(z.array(userState).check(z.minLength(1), z.maxLength(ROSTER_USERS))),
  truncated: z.exactOptional(z.literal(true)),
  next: z.exactOptional(rosterPlace),
};

const limits = z.strictObject({
  frameBytes: z.int(),
  dataBytes: z.int(),
  rooms: z.int(),
  historyItems: z.int(),
  framesPerSecond: z.exactOptional(z.int()),
  framesAtOnce: z.exactOptional(z.int()),
  signalDeliveriesPerSecond: z.exactOptional(z.int()),
});

/** The ack of each action. */
export const replies = {
  broadcast: ack(published),
  send: ack(published),
  publish: ack(published),
  join: ack({ ...page, ...members }),
  leave: ack({ room: anyRoom }),
  history: ack(page),
  state: ack({ room: anyRoom, digest: z.exactOptional(digest) }),
  presence: ack(members),
  hello: ack({
    connectionId: z.string().check(z.minLength(1)),
    userId,
    limits,
    rooms: z.array(
      z.union([
        z.strictObject({ ...page, digest: z.exactOptional(digest) }),
        z.strictObject({ room: anyRoom, error: refusal }),
      ]),
    ),
  }),
  ping: ack({
    heads: z.record(anyRoom, cursor),
    stale: z.exactOptional(z.array(anyRoom).check(z.maxLength(ROSTERS_PER_PING))),
  }),
  refresh: ack({ expiresAt: z.int() }),
} satisfies { [A in Action]: z.ZodMiniType<Ack<A>> };
