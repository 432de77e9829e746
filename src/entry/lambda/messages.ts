import * as z from 'zod/mini';
import type { ErrorCode } from '../../domain/client-error.js';
import {
  type BroadcastMessage,
  type HelloMessage,
  HISTORY_LIMIT,
  type HistoryMessage,
  type JoinMessage,
  type LeaveMessage,
  type PingMessage,
  type PresenceMessage,
  type PublishMessage,
  type RefreshMessage,
  ROOMS_PER_FRAME,
  type SendMessage,
} from '../../domain/client-message.js';
import { isCursor } from '../../domain/cursor.js';
import { isRoom, isRoomName } from '../../domain/room.js';
import { isUserId } from '../../domain/user-id.js';

/** A check's message is the code that the client is answered with; without one, it is `invalid_message`. */
const code = (error: ErrorCode) => ({ error });

const token = z.string().check(z.regex(/^[A-Za-z0-9_-]{1,64}$/));
const id = z.exactOptional(token);
const key = z.exactOptional(token);

const userId = z.string().check(z.refine(isUserId, code('invalid_user')));
const joinableRoom = z.string().check(z.refine(isRoomName, code('invalid_room')));
const anyRoom = z.string().check(z.refine((text) => isRoom(text), code('invalid_room')));

/** Of any size: that is measured where it is serialised. */
const data = z.unknown().check(z.refine((value) => value !== undefined));

const place = { epoch: z.string(), offset: z.number() };
const cursor = z.strictObject(place).check(z.refine(isCursor, code('invalid_cursor')));
const roomCursor = z
  .strictObject({ room: anyRoom, ...place })
  .check(z.refine(isCursor, code('invalid_cursor')));

/** What fits each action. Unknown fields are refused. */
export const messages = {
  broadcast: z.strictObject({
    action: z.literal('broadcast'),
    id,
    data,
    key,
  }) satisfies z.ZodMiniType<BroadcastMessage>,
  send: z.strictObject({
    action: z.literal('send'),
    id,
    to: userId,
    data,
    key,
  }) satisfies z.ZodMiniType<SendMessage>,
  publish: z.strictObject({
    action: z.literal('publish'),
    id,
    room: joinableRoom,
    data,
    key,
  }) satisfies z.ZodMiniType<PublishMessage>,
  join: z.strictObject({
    action: z.literal('join'),
    id,
    room: joinableRoom,
    since: z.exactOptional(cursor),
  }) satisfies z.ZodMiniType<JoinMessage>,
  leave: z.strictObject({
    action: z.literal('leave'),
    id,
    room: joinableRoom,
  }) satisfies z.ZodMiniType<LeaveMessage>,
  history: z
    .strictObject({
      action: z.literal('history'),
      id,
      room: anyRoom,
      since: z.exactOptional(cursor),
      before: z.exactOptional(cursor),
      limit: z.exactOptional(z.int().check(z.minimum(1), z.maximum(HISTORY_LIMIT))),
    })
    .check(
      z.refine(({ since, before }) => !since || !before, { path: ['before'] }),
    ) satisfies z.ZodMiniType<HistoryMessage>,
  presence: z.strictObject({
    action: z.literal('presence'),
    id,
    room: anyRoom,
  }) satisfies z.ZodMiniType<PresenceMessage>,
  hello: z.strictObject({
    action: z.literal('hello'),
    id,
    protocol: z.exactOptional(z.literal(1)),
    resume: z.exactOptional(z.array(roomCursor).check(z.maxLength(ROOMS_PER_FRAME))),
  }) satisfies z.ZodMiniType<HelloMessage>,
  ping: z.strictObject({
    action: z.literal('ping'),
    id,
    rooms: z.exactOptional(z.array(anyRoom).check(z.maxLength(ROOMS_PER_FRAME))),
  }) satisfies z.ZodMiniType<PingMessage>,
  refresh: z.strictObject({
    action: z.literal('refresh'),
    id,
    token: z.string(),
  }) satisfies z.ZodMiniType<RefreshMessage>,
};
