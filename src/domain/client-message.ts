import type { Cursor } from './cursor.js';
import type { Room } from './room.js';
import type { UserId } from './user-id.js';

/** What a client can say: one frame, one action. */
export type ClientMessage =
  | BroadcastMessage
  | SendMessage
  | JoinMessage
  | LeaveMessage
  | PublishMessage
  | HistoryMessage
  | PresenceMessage
  | HelloMessage
  | PingMessage
  | RefreshMessage;

interface Frame<Action extends string> {
  action: Action;
  /** Echoed in the reply; only correlates. */
  id?: string;
}

interface Publishing {
  data: unknown;
  /** Idempotency key: the same user, room and key within 24 h is the same publication. */
  key?: string;
}

export interface BroadcastMessage extends Frame<'broadcast'>, Publishing {}

export interface SendMessage extends Frame<'send'>, Publishing {
  to: UserId;
}

export interface JoinMessage extends Frame<'join'> {
  room: Room;
  since?: Cursor;
}

export interface LeaveMessage extends Frame<'leave'> {
  room: Room;
}

export interface PublishMessage extends Frame<'publish'>, Publishing {
  room: Room;
}

export interface HistoryMessage extends Frame<'history'> {
  room: Room;
  since?: Cursor;
  before?: Cursor;
  limit?: number;
}

export interface PresenceMessage extends Frame<'presence'> {
  room: Room;
}

export interface HelloMessage extends Frame<'hello'> {
  protocol?: 1;
  resume?: RoomCursor[];
}

export interface PingMessage extends Frame<'ping'> {
  rooms?: Room[];
}

export interface RefreshMessage extends Frame<'refresh'> {
  token: string;
}

export interface RoomCursor extends Cursor {
  room: Room;
}

/** `*`, one's inbox and the 50 rooms that one can join. */
export const ROOMS_PER_FRAME = 52;

export const HISTORY_LIMIT = 100;
export const HISTORY_DEFAULT = 50;
