import { EVERYONE, type Room, type UserId } from '../../../protocol/names.js';
import { isJoinable, isOpenTo } from '../room.js';
import type { Permissions } from './permissions.js';

/** Actions that need a permission. Leaving a room, `hello` and `ping` need none; a resume is a `join`. */
export type ProtectedAction = 'join' | 'publish' | 'signal' | 'history' | 'presence' | 'broadcast' | 'send';

/**
 * Whether the permissions cover the action in the room; for `send` the room is the recipient's inbox. Users may always
 * read `*` and their own inbox; no permission opens another user's inbox.
 */
export const permits = (
  permissions: Permissions,
  userId: UserId,
  action: ProtectedAction,
  room: Room,
): boolean => {
  switch (action) {
    case 'broadcast':
      return room === EVERYONE && permissions.broadcast;
    case 'send':
      return room.startsWith('@') && permissions.send.some((pattern) => matches(pattern, room.slice(1)));
    case 'history':
    case 'presence':
      if (isOpenTo(room, userId)) return true;
  }
  return isJoinable(room) && permissions[action].some((pattern) => matches(pattern, room));
};

const matches = (pattern: string, name: string): boolean =>
  pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern;
