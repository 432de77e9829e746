import type { ClientNotifier } from '../../../../../src/application/ports/client-notifier.js';
import type { Clock } from '../../../../../src/application/ports/clock.js';
import type { MemberStates } from '../../../../../src/application/ports/member-states.js';
import type { PieceQueue } from '../../../../../src/application/ports/piece-queue.js';
import type { Random } from '../../../../../src/application/ports/random.js';
import type { UsedTokens } from '../../../../../src/application/ports/used-tokens.js';
import type { Counting } from '../../../../../src/domain/limits/allowance.js';
import type { StateStamp } from '../../../../../src/domain/member-state.js';
import type { Ports } from '../../bugs/bug.js';
import type { InstanceContext } from '../instances/instance-context.js';

/** The parts of an instance, with any store. */
export interface InstanceParts {
  clients: ClientNotifier;
  clock: Clock;
  pieces: PieceQueue;
  random: Random;
}

export interface StoreAdapters extends Ports {
  memberStates: MemberStates;
  usedTokens: UsedTokens;
  counters: Counting;
}

export interface StoredMember {
  room: string;
  connectionId: string;
  /** Whether it is not told who else is there. */
  isBlind: boolean;
}

export interface StoredStamp extends StateStamp {
  userId: string;
  connectionId: string;
}

/** A store in virtual time: what instances see of it, and, for checks, what is in it for certain. */
export interface Store {
  /** The production adapters for one instance, on a store where everything can go wrong; with the bug that is planted. */
  adapters(place: InstanceContext, parts: InstanceParts): StoreAdapters;
  /** Whether nothing that it set off is still under way. */
  readonly idle: boolean;
  members(): Promise<StoredMember[]>;
  /** The stamps of states in a room's memberships. */
  stamps(room: string): Promise<StoredStamp[]>;
  /** The rooms that a connection's own row names. */
  listed(connectionId: string): Promise<string[]>;
  /** Deletes some of what has expired. */
  sweep(): Promise<void>;
  /** Whether this may have kept a publication in the room from being handed over: then the offsets alone tell. */
  keepsFromDelivery(fault: string, room: string): boolean;
  /** After the run, in real time. */
  close?(): Promise<void>;
}
