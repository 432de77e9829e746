import type { AdmitFrame } from '../application/admit-frame.js';
import type { AuthorizeConnection } from '../application/authorize-connection.js';
import type { Broadcast } from '../application/broadcast.js';
import type { Connect } from '../application/connect.js';
import type { DeliverPublications } from '../application/deliver-publications.js';
import type { Disconnect } from '../application/disconnect.js';
import type { DisconnectUser } from '../application/disconnect-user.js';
import type { Hello } from '../application/hello.js';
import type { JoinRoom } from '../application/join-room.js';
import type { LeaveRoom } from '../application/leave-room.js';
import type { Ping } from '../application/ping.js';
import type { PublishToRoom } from '../application/publish-to-room.js';
import type { ReadHistory } from '../application/read-history.js';
import type { ReadPresence } from '../application/read-presence.js';
import type { RefreshToken } from '../application/refresh-token.js';
import type { SendDirectMessage } from '../application/send-direct-message.js';

/** All that can be asked of the system: what the entries drive. */
export interface Application {
  authorizeConnection: AuthorizeConnection;
  admitFrame: AdmitFrame;
  refreshToken: RefreshToken;
  disconnectUser: DisconnectUser;
  connect: Connect;
  disconnect: Disconnect;
  broadcast: Broadcast;
  sendDirectMessage: SendDirectMessage;
  joinRoom: JoinRoom;
  leaveRoom: LeaveRoom;
  publishToRoom: PublishToRoom;
  readHistory: ReadHistory;
  readPresence: ReadPresence;
  hello: Hello;
  ping: Ping;
  deliverPublications: DeliverPublications;
}
