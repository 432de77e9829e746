import type { Member, Room } from '../room.js';
import type { SwitchboardError } from '../switchboard-error.js';
import type { LiveFeed } from './live-feed.js';
import type { Roster } from './roster.js';

/** A room that one is in because one joined it. */
export interface LiveRoom
  extends LiveFeed,
    Pick<Room, 'join' | 'leave' | 'presence' | 'setState' | 'publish' | 'signal'> {
  readonly roster: Roster;
  members: readonly Member[];
  /** Whether the application listens to who is there, and can be told. */
  isShown(): boolean;
  /** On a connection that is in the room again, whose roster the server knows by this digest. */
  resumed(digest: number | undefined): void;
  /** The connection is in the room although no caller here has joined it, or still wants it. */
  tidy(): void;
  /** In, on the current connection, as soon as may be. */
  rejoin(): void;
  expelled(error: SwitchboardError): void;
}
