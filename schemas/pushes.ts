import * as z from 'zod/mini';
import type { Push, Pushes } from '../protocol/pushes.js';
import { anyRoom, digest, label, roomCursor, sender, userId } from './grammar.js';
import { item, publicationFields } from './item.js';
import { errorCode } from './refusal.js';
import { announcedState } from './user-state.js';

const place = { room: anyRoom, epoch: roomCursor.shape.epoch };

/** Frames that the server sends unasked, by `type`. */
export const pushes = {
  message: z.strictObject({ type: z.literal('message'), ...place, ...publicationFields }),
  messages: z.strictObject({
    type: z.literal('messages'),
    ...place,
    items: z.array(item).check(z.minLength(1)),
  }),
  presence: z.strictObject({
    type: z.literal('presence'),
    room: anyRoom,
    joined: z.array(userId),
    left: z.array(userId),
    states: z.exactOptional(z.array(announcedState).check(z.minLength(1))),
    digest,
    askAfterMs: z.exactOptional(z.int().check(z.minimum(1))),
  }),
  signal: z.strictObject({
    type: z.literal('signal'),
    room: anyRoom,
    from: sender,
    tag: label,
    number: z.int().check(z.minimum(0)),
    data: z.unknown(),
  }),
  expiring: z.strictObject({ type: z.literal('expiring'), expiresAt: z.int() }),
  disconnect: z.strictObject({
    type: z.literal('disconnect'),
    code: errorCode,
    message: z.string().check(z.minLength(1)),
    reconnect: z.boolean(),
  }),
} satisfies { [Type in keyof Pushes]: z.ZodMiniType<Extract<Push, { type: Type }>> };
