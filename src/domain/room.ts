import { EVERYONE, inboxOf, type Room, type UserId } from '../../protocol/names.js';

/** The rooms of every connection, without joining: `*` and the user's own inbox. */
export const openRooms = (userId: UserId): readonly Room[] => [EVERYONE, inboxOf(userId)];

export const isOpenTo = (room: Room, userId: UserId): boolean => openRooms(userId).includes(room);

export const isJoinable = (room: Room): boolean => room !== EVERYONE && !room.startsWith('@');
