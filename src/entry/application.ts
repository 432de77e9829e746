import { AdmitFrame } from '../application/admit-frame.js';
import { AuthorizeConnection } from '../application/authorize-connection.js';
import { Broadcast } from '../application/broadcast.js';
import { Connect } from '../application/connect.js';
import { DeliverPublications } from '../application/deliver-publications.js';
import { Disconnect } from '../application/disconnect.js';
import { DisconnectUser } from '../application/disconnect-user.js';
import { Hello } from '../application/hello.js';
import { JoinRoom } from '../application/join-room.js';
import { LeaveRoom } from '../application/leave-room.js';
import { Ping } from '../application/ping.js';
import { PublishToRoom } from '../application/publish-to-room.js';
import { ReadHistory } from '../application/read-history.js';
import { ReadPresence } from '../application/read-presence.js';
import { RefreshToken } from '../application/refresh-token.js';
import { SendDirectMessage } from '../application/send-direct-message.js';

/** All that can be asked of the system: what the entries drive. */
export const USE_CASES = {
  authorizeConnection: AuthorizeConnection,
  admitFrame: AdmitFrame,
  refreshToken: RefreshToken,
  disconnectUser: DisconnectUser,
  connect: Connect,
  disconnect: Disconnect,
  broadcast: Broadcast,
  sendDirectMessage: SendDirectMessage,
  joinRoom: JoinRoom,
  leaveRoom: LeaveRoom,
  publishToRoom: PublishToRoom,
  readHistory: ReadHistory,
  readPresence: ReadPresence,
  hello: Hello,
  ping: Ping,
  deliverPublications: DeliverPublications,
} as const;

export type Application = {
  [Name in keyof typeof USE_CASES]: InstanceType<(typeof USE_CASES)[Name]>;
};
