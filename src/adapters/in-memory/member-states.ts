import type { Room } from '../../../protocol/names.js';
import type { MemberStates, StatedMember } from '../../application/ports/member-states.js';
import { type MemberState, stampOf } from '../../domain/member-state.js';
import type { MemoryStore } from './memory-store.js';

export class InMemoryMemberStates implements MemberStates {
  constructor(private readonly store: MemoryStore) {}

  async set({ room, connectionId }: StatedMember, said: MemberState): Promise<boolean> {
    const membership = this.store.rooms.get(room)?.get(connectionId);
    if (!membership) return false;
    if ((membership.stamp?.counter ?? 0) >= said.counter) return true;
    const states = this.store.states.get(room) ?? new Map<string, MemberState>();
    this.store.states.set(room, states.set(connectionId, said));
    this.store.put({ ...membership, stamp: stampOf(said) });
    return true;
  }

  async read(room: Room): Promise<ReadonlyMap<string, MemberState>> {
    return new Map(this.store.states.get(room));
  }
}
