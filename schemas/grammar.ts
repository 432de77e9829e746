import * as z from 'zod/mini';
import type { Resumption } from '../protocol/actions.js';
import { ANY_ROOM } from '../protocol/any-room.js';
import { type Cursor, EPOCH, type RoomCursor } from '../protocol/cursor.js';
import type { ErrorCode } from '../protocol/errors.js';
import { HISTORY_LIMIT } from '../protocol/limits.js';
import { ROSTER_PLACE } from '../protocol/member-state.js';
import { BACK_END, LABEL, ROOM_NAME, USER_ID } from '../protocol/names.js';

/** A check's message is the code of the error reply; without one, it is `invalid_message`. */
export const code = (error: ErrorCode) => ({ error });

export const label = z.string().check(z.regex(LABEL));
export const userId = z.string().check(z.regex(USER_ID, code('invalid_user')));
export const backEnd = z.string().check(z.regex(BACK_END));
export const sender = z.union([userId, backEnd]);
export const joinableRoom = z.string().check(z.regex(ROOM_NAME, code('invalid_room')));
/** Either `room` or `to`. */
export const roomOrUser = z.refine<{ room?: string; to?: string }>(
  ({ room, to }) => (room === undefined) !== (to === undefined),
  { path: ['room'] },
);
export const anyRoom = z.string().check(z.regex(ANY_ROOM, code('invalid_room')));

const place = {
  epoch: z.string().check(z.regex(EPOCH, code('invalid_cursor'))),
  offset: z
    .int({ error: ({ expected }) => (expected === 'number' ? undefined : 'invalid_cursor') })
    .check(z.minimum(0, code('invalid_cursor'))),
};

export const cursor = z.strictObject(place) satisfies z.ZodMiniType<Cursor>;
export const roomCursor = z.strictObject({ room: anyRoom, ...place }) satisfies z.ZodMiniType<RoomCursor>;
export const rosterPlace = z.string().check(z.regex(ROSTER_PLACE, code('invalid_cursor')));
/** A hash, or a sum of hashes, of 32 bits. */
export const digest = z.int().check(z.minimum(0), z.maximum(2 ** 32 - 1));

/** The largest number of items in a page, or of the newest items to begin with. */
export const itemCount = z.int().check(z.minimum(1), z.maximum(HISTORY_LIMIT));

export const resumption = z.union([
  roomCursor,
  z.strictObject({ room: anyRoom, last: itemCount }),
]) satisfies z.ZodMiniType<Resumption>;
