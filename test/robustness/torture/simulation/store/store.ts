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
  /** Whether it may not see the other members. */
  isBlind: boolean;
}

export interface StoredStamp extends StateStamp {
  userId: string;
  connectionId: string;
}

/** A store in virtual time: the adapters that instances use, and its true content for checks. */
export interface Store {
  /** The production adapters for one instance, on a faulty store, with the planted bug. */
  adapters(place: InstanceContext, parts: InstanceParts): StoreAdapters;
  /** Whether all work that it started has ended. */
  readonly idle: boolean;
  members(): Promise<StoredMember[]>;
  /** The state stamps in a room's memberships. */
  stamps(room: string): Promise<StoredStamp[]>;
  /** The rooms that a connection's own row names. */
  listed(connectionId: string): Promise<string[]>;
  /** Deletes some expired rows. */
  sweep(): Promise<void>;
  /**
   * Whether this fault may have prevented the hand-over of a publication in the room: clients then find the gap by the
   * offsets.
   */
  keepsFromDelivery(fault: string, room: string): boolean;
  /** After the run, in real time. */
  close?(): Promise<void>;
}
