import type { Room } from '../../protocol/names.js';
import type { ConnectionRepository } from '../../src/application/ports/connection-repository.js';
import type { MemberStates } from '../../src/application/ports/member-states.js';
import type { RoomRepository } from '../../src/application/ports/room-repository.js';
import { CONNECTION_LIFETIME_MS, type Connection } from '../../src/domain/connection.js';
import type { Membership } from '../../src/domain/membership.js';
import type { VirtualClock } from '../support/time/virtual-clock.js';

/** The repositories of one adapter. They share a store, because a join needs its connection. */
export interface Repositories {
  connections: ConnectionRepository;
  rooms: RoomRepository;
  states: MemberStates;
  clock: VirtualClock;
}

export const connectionOf = (userId: string, connectionId: string, connectedAt: number): Connection => ({
  connectionId,
  userId,
  connectedAt,
  expiresAt: connectedAt + CONNECTION_LIFETIME_MS,
  rooms: [],
});

export const membershipOf = (connection: Connection, room: Room, joinedAt: number): Membership => ({
  room,
  connectionId: connection.connectionId,
  userId: connection.userId,
  connectedAt: connection.connectedAt,
  joinedAt,
  expiresAt: connection.expiresAt,
});

export const membersIn = async (rooms: RoomRepository, room: Room): Promise<Membership[]> => {
  const found: Membership[] = [];
  for await (const page of rooms.members(room)) found.push(...page);
  return found.sort((a, b) => (a.connectionId < b.connectionId ? -1 : 1));
};
