import type { Roster } from '../presence/roster.js';
import type { Member, Room } from '../room.js';
import type { SwitchboardError } from '../switchboard-error.js';
import type { LiveFeed } from './live-feed.js';

/** A room that the application has joined. */
export interface LiveRoom
  extends LiveFeed,
    Pick<Room, 'join' | 'leave' | 'presence' | 'setState' | 'publish' | 'signal'> {
  readonly roster: Roster;
  members: readonly Member[];
  /** Whether the application listens to members, and the server lists them. */
  isShown(): boolean;
  /** The connection is in the room again; the server's roster has this digest. */
  resumed(digest: number | undefined): void;
  /** The connection is in the room, although no caller has joined it or still wants it. */
  tidy(): void;
  /** Resolves when the current connection is in the room. */
  rejoin(): void;
  expelled(error: SwitchboardError): void;
}
