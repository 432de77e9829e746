import { AcceptToken } from '../../application/access/accept-token.js';
import { AdmitFrame } from '../../application/access/admit-frame.js';
import { ClaimsAccessPolicy } from '../../application/access/claims-access-policy.js';
import { Doorkeeper } from '../../application/access/doorkeeper.js';
import { EndSession } from '../../application/access/end-session.js';
import { ExpireSession } from '../../application/access/expire-session.js';
import { ExpiryNotice } from '../../application/access/expiry-notice.js';
import { RefreshToken } from '../../application/access/refresh-token.js';
import { Connect } from '../../application/connections/connect.js';
import { ConnectionLimit } from '../../application/connections/connection-limit.js';
import { Disconnect } from '../../application/connections/disconnect.js';
import { DisconnectUser } from '../../application/connections/disconnect-user.js';
import { Forget } from '../../application/connections/forget.js';
import { DeliverPublications } from '../../application/delivery/deliver-publications.js';
import { FanOut } from '../../application/delivery/fan-out.js';
import { PlainPush } from '../../application/delivery/plain-push.js';
import { PushWithConsequences } from '../../application/delivery/push-with-consequences.js';
import { ReadHistory } from '../../application/history/read-history.js';
import { ReadLog } from '../../application/history/read-log.js';
import { PresenceNotices } from '../../application/presence/presence-notices.js';
import { ReadPresence } from '../../application/presence/read-presence.js';
import { ReadRoster } from '../../application/presence/read-roster.js';
import { Broadcast } from '../../application/publishing/broadcast.js';
import { PublishToRoom } from '../../application/publishing/publish-to-room.js';
import { Publisher } from '../../application/publishing/publisher.js';
import { RoomSizes } from '../../application/publishing/room-sizes.js';
import { SendDirectMessage } from '../../application/publishing/send-direct-message.js';
import { EnterRoom } from '../../application/rooms/enter-room.js';
import { Hello } from '../../application/rooms/hello.js';
import { JoinRoom } from '../../application/rooms/join-room.js';
import { LeaveRoom } from '../../application/rooms/leave-room.js';
import { Ping } from '../../application/rooms/ping.js';
import { TOKENS, token } from './tokens.js';
import { wire, wireAs, wiring } from './wire.js';

const { clients, clock, connections, countAtMost, inlineLimit, limiter, log, openingMs, policy } = TOKENS;
const { push, rooms, tokenSettings, tokens, usedTokens } = TOKENS;

/** With consequences, forgetting one dead connection would recursively forget the rest of its rooms. */
const noticesOfForgetting = token<PresenceNotices>('PresenceNotices without consequences');

/** What the system does, wired to ports: which adapters stand behind them is not known here. */
export const useCases = wiring(
  wireAs(policy, ClaimsAccessPolicy),

  wire(PlainPush, clients, clock, push),
  wire(ReadRoster, rooms),
  wireAs(noticesOfForgetting, PresenceNotices, ReadRoster, PlainPush, clock),
  wire(Forget, connections, rooms, noticesOfForgetting),
  wire(EndSession, clients, Forget, clock),
  wire(ExpiryNotice, connections, clients, clock),
  wire(ExpireSession, connections, rooms, EndSession, Forget, clock),
  wire(PushWithConsequences, PlainPush, Forget, ExpireSession, ExpiryNotice),
  wire(PresenceNotices, ReadRoster, PushWithConsequences, clock),
  wire(FanOut, rooms, PushWithConsequences),
  wire(RoomSizes, rooms, clock, countAtMost),
  wire(Publisher, log, RoomSizes, FanOut, limiter, clock, inlineLimit),
  wire(Doorkeeper, policy, rooms),
  wire(ReadLog, log),
  wire(EnterRoom, connections, rooms, ReadRoster, PresenceNotices, policy, clock),

  wire(Connect, connections, ConnectionLimit),
  wire(Disconnect, Forget),
  wire(Broadcast, Doorkeeper, Publisher),
  wire(SendDirectMessage, Doorkeeper, Publisher),
  wire(PublishToRoom, Doorkeeper, Publisher),
  wire(JoinRoom, Doorkeeper, EnterRoom, ReadLog),
  wire(LeaveRoom, rooms, PresenceNotices),
  wire(ReadHistory, Doorkeeper, ReadLog),
  wire(ReadPresence, Doorkeeper, ReadRoster),
  wire(Hello, Doorkeeper, EnterRoom, ReadLog),
  wire(Ping, Doorkeeper, log),
  wire(DeliverPublications, FanOut, clock),
  wire(ConnectionLimit, limiter, rooms, clients, Forget, clock, openingMs),
  wire(AdmitFrame, limiter, connections, ExpiryNotice, EndSession, clock),
  wire(AcceptToken, tokenSettings, tokens, usedTokens),
  wire(RefreshToken, AcceptToken, connections, rooms),
  wire(DisconnectUser, rooms, EndSession, Forget),
);
