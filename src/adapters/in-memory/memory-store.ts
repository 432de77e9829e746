import type { Room } from '../../../protocol/names.js';
import type { Connection } from '../../domain/connection.js';
import type { MemberState } from '../../domain/member-state.js';
import type { Membership } from '../../domain/membership.js';

/** State that the in-memory repositories share, as the DynamoDB repositories share a table. */
export class MemoryStore {
  readonly connections = new Map<string, Connection>();
  readonly rooms = new Map<Room, Map<string, Membership>>();
  readonly states = new Map<Room, Map<string, MemberState>>();

  put(membership: Membership): void {
    const members = this.rooms.get(membership.room) ?? new Map<string, Membership>();
    this.rooms.set(membership.room, members.set(membership.connectionId, membership));
  }

  take(room: Room, connectionId: string): Membership | undefined {
    const members = this.rooms.get(room);
    const membership = members?.get(connectionId);
    members?.delete(connectionId);
    this.states.get(room)?.delete(connectionId);
    if (members?.size === 0) {
      this.rooms.delete(room);
      this.states.delete(room);
    }
    return membership;
  }
}
