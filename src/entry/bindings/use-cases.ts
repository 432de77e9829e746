import { AccessControl } from '../../application/access/access-control.js';
import { AdmitFrame } from '../../application/access/admit-frame.js';
import { ClaimsAccessPolicy } from '../../application/access/claims-access-policy.js';
import { ExpiryNotice } from '../../application/access/expiry-notice.js';
import { MembershipRenewal } from '../../application/access/membership-renewal.js';
import { RefreshToken } from '../../application/access/refresh-token.js';
import { SessionCloser } from '../../application/access/session-closer.js';
import { SessionExpiry } from '../../application/access/session-expiry.js';
import { TokenAcceptance } from '../../application/access/token-acceptance.js';
import { Connect } from '../../application/connections/connect.js';
import { ConnectionCleanup } from '../../application/connections/connection-cleanup.js';
import { ConnectionLimit } from '../../application/connections/connection-limit.js';
import { CountConnections } from '../../application/connections/count-connections.js';
import { Disconnect } from '../../application/connections/disconnect.js';
import { DisconnectUser } from '../../application/connections/disconnect-user.js';
import { GoneMembers } from '../../application/connections/gone-members.js';
import { KeepAlive } from '../../application/connections/keep-alive.js';
import { DeliverPublications } from '../../application/delivery/deliver-publications.js';
import { FanOut } from '../../application/delivery/fan-out.js';
import { OneTryCourier } from '../../application/delivery/one-try-courier.js';
import { PlainPusher } from '../../application/delivery/plain-pusher.js';
import { PusherWithConsequences } from '../../application/delivery/pusher-with-consequences.js';
import { RetryingCourier } from '../../application/delivery/retrying-courier.js';
import { ServePieces } from '../../application/delivery/serve-pieces.js';
import { LogPages } from '../../application/history/log-pages.js';
import { ReadHistory } from '../../application/history/read-history.js';
import { MemberLists } from '../../application/presence/member-lists.js';
import { PresenceNotices } from '../../application/presence/presence-notices.js';
import { ReadPresence } from '../../application/presence/read-presence.js';
import { Rosters } from '../../application/presence/rosters.js';
import { SetState } from '../../application/presence/set-state.js';
import { Verification } from '../../application/presence/verification.js';
import { Broadcast } from '../../application/publishing/broadcast.js';
import { EraseLog } from '../../application/publishing/erase-log.js';
import { PublishForBackEnd } from '../../application/publishing/publish-for-back-end.js';
import { PublishToRoom } from '../../application/publishing/publish-to-room.js';
import { Publisher } from '../../application/publishing/publisher.js';
import { RoomSizes } from '../../application/publishing/room-sizes.js';
import { SendDirectMessage } from '../../application/publishing/send-direct-message.js';
import { Hello } from '../../application/rooms/hello.js';
import { JoinRoom } from '../../application/rooms/join-room.js';
import { LeaveRoom } from '../../application/rooms/leave-room.js';
import { Memberships } from '../../application/rooms/memberships.js';
import { Ping } from '../../application/rooms/ping.js';
import { RemoveUser } from '../../application/rooms/remove-user.js';
import { SendSignal } from '../../application/signals/send-signal.js';
import { SignalForBackEnd } from '../../application/signals/signal-for-back-end.js';
import { Signaller } from '../../application/signals/signaller.js';
import { TellRefusal } from '../../application/signals/tell-refusal.js';
import { TOKENS, token } from './tokens.js';
import { wire, wireAs, wiring } from './wire.js';

const { clients, clock, connections, countAtMost, handover, inlineLimit, limiter, log } = TOKENS;
const { memberStates, openingMs, policy, pieceMembers, pieces, pushOptions, random, rooms } = TOKENS;
const { tokenSettings, tokens, usedTokens } = TOKENS;

/** With consequences, forgetting one dead connection would recursively forget the dead ones of all its rooms. */
const noticesOfForgetting = token<PresenceNotices>('PresenceNotices without consequences');

const plainPusherOfSignals = token<PlainPusher>('PlainPusher of signals');
const pusherOfSignals = token<PusherWithConsequences>('PusherWithConsequences of signals');

/** Wires the use cases to ports. The adapters behind the ports are unknown here. */
export const useCases = wiring(
  wireAs(policy, ClaimsAccessPolicy),

  wire(RetryingCourier, clients, clock, pushOptions),
  wire(PlainPusher, RetryingCourier, clock, pushOptions),
  wire(Rosters, rooms),
  wireAs(noticesOfForgetting, PresenceNotices, Rosters, memberStates, PlainPusher, limiter, clock),
  wire(ConnectionCleanup, connections, rooms, noticesOfForgetting),
  wire(GoneMembers, clients, ConnectionCleanup, clock, openingMs),
  wire(SessionCloser, clients, ConnectionCleanup, clock),
  wire(ExpiryNotice, connections, clients, clock),
  wire(MembershipRenewal, policy, rooms),
  wire(SessionExpiry, connections, MembershipRenewal, SessionCloser, ConnectionCleanup, clock),
  wire(PusherWithConsequences, PlainPusher, ConnectionCleanup, SessionExpiry, ExpiryNotice),
  wire(OneTryCourier, clients, clock, pushOptions),
  wireAs(plainPusherOfSignals, PlainPusher, OneTryCourier, clock, pushOptions),
  wireAs(
    pusherOfSignals,
    PusherWithConsequences,
    plainPusherOfSignals,
    ConnectionCleanup,
    SessionExpiry,
    ExpiryNotice,
  ),
  wire(PresenceNotices, Rosters, memberStates, PusherWithConsequences, limiter, clock),
  wire(FanOut, rooms, PusherWithConsequences, random),
  wire(RoomSizes, rooms, clock, countAtMost),
  wire(Publisher, log, handover, RoomSizes, FanOut, limiter, clock, inlineLimit),
  wire(Signaller, rooms, pusherOfSignals, limiter, clock, inlineLimit),
  wire(AccessControl, policy, rooms),
  wire(LogPages, log),
  wire(
    Memberships,
    connections,
    rooms,
    Rosters,
    memberStates,
    PresenceNotices,
    policy,
    MembershipRenewal,
    clock,
  ),
  wire(MemberLists, Rosters, memberStates),
  wire(Verification, limiter, GoneMembers, random),

  wire(Connect, connections, limiter, ConnectionLimit, ConnectionCleanup),
  wire(Disconnect, ConnectionCleanup),
  wire(KeepAlive, clock),
  wire(SendSignal, AccessControl, Signaller),
  wire(TellRefusal, clients, clock),
  wire(Broadcast, AccessControl, Publisher),
  wire(SendDirectMessage, AccessControl, Publisher),
  wire(PublishToRoom, AccessControl, Publisher),
  wire(SignalForBackEnd, Signaller, random),
  wire(PublishForBackEnd, Publisher, SignalForBackEnd),
  wire(JoinRoom, AccessControl, Memberships, log, LogPages, MemberLists),
  wire(LeaveRoom, rooms, PresenceNotices),
  wire(ReadHistory, AccessControl, log, LogPages),
  wire(SetState, AccessControl, Rosters, memberStates, PresenceNotices),
  wire(ReadPresence, AccessControl, Rosters, MemberLists, Verification),
  wire(Hello, AccessControl, Memberships, log, LogPages, limiter),
  wire(Ping, AccessControl, log, policy, Rosters),
  wire(DeliverPublications, FanOut, rooms, pieces, clock, pieceMembers),
  wire(ServePieces, FanOut, log, pieces, clock),
  wire(ConnectionLimit, limiter, rooms, GoneMembers, ConnectionCleanup, clock),
  wire(AdmitFrame, limiter, connections, ExpiryNotice, SessionCloser, clock),
  wire(TokenAcceptance, tokenSettings, tokens, usedTokens),
  wire(RefreshToken, TokenAcceptance, connections, MembershipRenewal),
  wire(CountConnections, rooms),
  wire(DisconnectUser, rooms, SessionCloser, ConnectionCleanup),
  wire(RemoveUser, rooms, PresenceNotices),
  wire(EraseLog, log),
);
