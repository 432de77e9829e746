import { createHash } from 'node:crypto';
import type { Room, UserId } from '../../../../protocol/names.js';

/** The id of a user's key in a room: no name contains the separator. */
export const claimId = (room: Room, userId: UserId, key: string): Buffer =>
  createHash('sha256').update(`${room}#${userId}#${key}`).digest();
