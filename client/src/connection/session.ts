import type { Reply, RoomDigest } from '../../../protocol/actions.js';
import type { RoomCursor } from '../../../protocol/cursor.js';
import type { Push } from '../../../protocol/pushes.js';
import type { ClientEvents } from '../client.js';
import type { Emitter } from '../emitter.js';
import type { Admit } from '../requests/bound-calls.js';
import type { Requester } from '../requests/requester.js';
import type { Status } from '../status.js';
import type { SwitchboardError } from '../switchboard-error.js';
import type { ConnectionOwner, Greeting } from './open-connection.js';

/** What the session tells the owner of the rooms, and asks of it. */
export interface SessionRooms {
  resumptions(): RoomCursor[];
  greeted(greeting: Greeting): void;
  pushed(push: Push): void;
  /** Of the rosters that are looked at. */
  digests(): RoomDigest[];
  observed(reply: Reply<'ping'>): void;
  /** A frame without a reply was. */
  refused(error: SwitchboardError): void;
  isCatchingUp(): boolean;
}

/** One user's presence on the server, whatever number of connections it takes. */
export interface Session extends Requester, ConnectionOwner {
  readonly error: SwitchboardError | undefined;
  readonly status: Status;
  readonly events: Emitter<ClientEvents>;
  readonly admit: Admit;
  /** Asks at once whether the path is alive, and what was lost. */
  doubt(): void;
  /** Something about the rooms or the connections is different. */
  changed(): void;
  /** Another connection takes over; the one before it stays until nothing more is expected of it. */
  adopt(greeting: Greeting): void;
  /** At once, where the next attempt would wait its turn, or there is to be none. */
  connect(): void;
  /** No connection until `connect()`. */
  disconnect(): Promise<void>;
  close(error?: SwitchboardError): Promise<void>;
}
