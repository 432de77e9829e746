import type { Room, UserId } from '../../../protocol/names.js';
import { partitionOf } from './members/partitions.js';
import type { Key } from './table/table.js';

// No room, user id, key or connection id contains the separator `#`.

export const connectionKey = (connectionId: string): Key => ({
  pk: `CONNECTION#${connectionId}`,
  sk: 'CONNECTION',
});

export const membershipKey = (room: Room, connectionId: string): Key => ({
  pk: partitionOf(room, connectionId),
  sk: connectionId,
});

export const statesOf = (room: Room): string => `STATE#${room}`;

export const stateKey = (room: Room, connectionId: string): Key => ({
  pk: statesOf(room),
  sk: connectionId,
});

/** The bounds of a room's sections. */
export const boundsKey = (room: Room): Key => ({ pk: `BOUNDS#${room}`, sk: 'BOUNDS' });

export const logOf = (room: Room): string => `LOG#${room}`;

/** Sorts after every publication: a descending query of two rows returns it and the newest one. */
export const metaKey = (room: Room): Key => ({ pk: logOf(room), sk: 'META' });

const OFFSET_DIGITS = 16;

export const slotKey = (room: Room, epoch: string, offset: number): Key => ({
  pk: logOf(room),
  sk: `${epoch}#${String(offset).padStart(OFFSET_DIGITS, '0')}`,
});

export const claimKey = (room: Room, userId: UserId, key: string): Key => ({
  pk: `CLAIM#${room}#${userId}#${key}`,
  sk: 'CLAIM',
});

export const usedTokenKey = (tokenId: string): Key => ({ pk: `JTI#${tokenId}`, sk: 'JTI' });

/** Present in a messages table whose log has moved to another store. */
export const MOVED_KEY: Key = { pk: 'MOVED', sk: 'MOVED' };

/** A room, a user and a connection may have the same name. */
export const rateKey = (of: 'connection' | 'user' | 'room', id: string): Key => ({
  pk: `RATE#${of.toUpperCase()}#${id}`,
  sk: 'RATE',
});
