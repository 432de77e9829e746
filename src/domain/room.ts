import { isUserId, type UserId } from './user-id.js';

/** `*` (everybody), `@alice` (the inbox of alice) or a name that clients may join. */
export type Room = string;

export const EVERYONE: Room = '*';

export const inboxOf = (userId: UserId): Room => `@${userId}`;

const ROOM_NAME = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/;

/** Whether clients may join, leave and publish to it; `#` is not admitted, the store separates with it. */
export const isRoomName = (text: string): boolean => ROOM_NAME.test(text);

/** Whether one is in it without asking: everybody's room and one's own inbox. */
export const isOpenTo = (room: Room, userId: UserId): boolean =>
  room === EVERYONE || room === inboxOf(userId);

export const isJoinable = (room: Room): boolean => room !== EVERYONE && !room.startsWith('@');

/** Whether it is a room of any kind; the ones of others look like one's own. */
export const isRoom = (text: string): boolean =>
  text === EVERYONE || isRoomName(text) || (text.startsWith('@') && isUserId(text.slice(1)));
