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

/** Events and questions of the session for the owner of the rooms. */
export interface SessionRooms {
  resumptions(): RoomCursor[];
  greeted(greeting: Greeting): void;
  pushed(push: Push): void;
  /** The digests of the rosters that the application shows. */
  digests(): RoomDigest[];
  observed(reply: Reply<'ping'>): void;
  /** The server refused a frame without a reply. */
  refused(error: SwitchboardError): void;
  isCatchingUp(): boolean;
}

/** The client's session on the server, over any number of successive connections. */
export interface Session extends Requester, ConnectionOwner {
  readonly error: SwitchboardError | undefined;
  readonly status: Status;
  readonly events: Emitter<ClientEvents>;
  readonly admit: Admit;
  /** Asks at once whether the path is alive, and which pushes were lost. */
  doubt(): void;
  /** Something about the rooms or the connections has changed. */
  changed(): void;
  /** Another connection takes over; the old one stays until no answer or push is expected from it. */
  adopt(greeting: Greeting): void;
  /** Connects at once instead of waiting for the next attempt, also after `disconnect()`. */
  connect(): void;
  /** No connection until `connect()`. */
  disconnect(): Promise<void>;
  close(error?: SwitchboardError): Promise<void>;
}
