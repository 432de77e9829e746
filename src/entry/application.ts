import { AdmitFrame } from '../application/access/admit-frame.js';
import { RefreshToken } from '../application/access/refresh-token.js';
import { AuthorizeConnection } from '../application/connections/authorize-connection.js';
import { Connect } from '../application/connections/connect.js';
import { CountConnections } from '../application/connections/count-connections.js';
import { Disconnect } from '../application/connections/disconnect.js';
import { DisconnectUser } from '../application/connections/disconnect-user.js';
import { KeepAlive } from '../application/connections/keep-alive.js';
import { DeliverPublications } from '../application/delivery/deliver-publications.js';
import { ServePieces } from '../application/delivery/serve-pieces.js';
import { ReadHistory } from '../application/history/read-history.js';
import { ReadPresence } from '../application/presence/read-presence.js';
import { SetState } from '../application/presence/set-state.js';
import { Broadcast } from '../application/publishing/broadcast.js';
import { EraseLog } from '../application/publishing/erase-log.js';
import { PublishForBackEnd } from '../application/publishing/publish-for-back-end.js';
import { PublishToRoom } from '../application/publishing/publish-to-room.js';
import { SendDirectMessage } from '../application/publishing/send-direct-message.js';
import { Hello } from '../application/rooms/hello.js';
import { JoinRoom } from '../application/rooms/join-room.js';
import { LeaveRoom } from '../application/rooms/leave-room.js';
import { Ping } from '../application/rooms/ping.js';
import { RemoveUser } from '../application/rooms/remove-user.js';
import { SendSignal } from '../application/signals/send-signal.js';
import { TellRefusal } from '../application/signals/tell-refusal.js';

/** Every use case that an entry can call. */
export const USE_CASES = {
  authorizeConnection: AuthorizeConnection,
  admitFrame: AdmitFrame,
  refreshToken: RefreshToken,
  disconnectUser: DisconnectUser,
  countConnections: CountConnections,
  removeUser: RemoveUser,
  eraseLog: EraseLog,
  connect: Connect,
  disconnect: Disconnect,
  keepAlive: KeepAlive,
  sendSignal: SendSignal,
  tellRefusal: TellRefusal,
  broadcast: Broadcast,
  sendDirectMessage: SendDirectMessage,
  joinRoom: JoinRoom,
  leaveRoom: LeaveRoom,
  publishToRoom: PublishToRoom,
  publishForBackEnd: PublishForBackEnd,
  readHistory: ReadHistory,
  setState: SetState,
  readPresence: ReadPresence,
  hello: Hello,
  ping: Ping,
  deliverPublications: DeliverPublications,
  servePieces: ServePieces,
} as const;

export type Application = {
  [Name in keyof typeof USE_CASES]: InstanceType<(typeof USE_CASES)[Name]>;
};
