import { EVERYONE, inboxOf, type Room, type UserId } from '../../protocol/names.js';

/** Whether one is in it without asking: everybody's room and one's own inbox. */
export const isOpenTo = (room: Room, userId: UserId): boolean =>
  room === EVERYONE || room === inboxOf(userId);

export const isJoinable = (room: Room): boolean => room !== EVERYONE && !room.startsWith('@');
