import { ContainerModule } from 'inversify';
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
import { AfterPush } from '../../application/delivery/after-push.js';
import { DeliverPublications } from '../../application/delivery/deliver-publications.js';
import { FanOut } from '../../application/delivery/fan-out.js';
import { Push } from '../../application/delivery/push.js';
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
import { TOKENS } from './tokens.js';

/** What the system does, wired to ports: which adapters stand behind them is not known here. */
export const useCases = new ContainerModule(({ bind }) => {
  const { clients, clock, connections, countAtMost, inlineLimit, limiter, log, openingMs, policy } = TOKENS;
  const { push, refreshSettings, rooms, tokens, usedTokens } = TOKENS;

  bind(policy).toResolvedValue(() => new ClaimsAccessPolicy());

  bind(Push).toResolvedValue((...parts) => new Push(...parts), [clients, clock, push]);
  bind(ReadRoster).toResolvedValue((...parts) => new ReadRoster(...parts), [rooms]);
  bind(PresenceNotices).toResolvedValue(
    (...parts) => new PresenceNotices(...parts),
    [ReadRoster, Push, clock],
  );
  bind(Forget).toResolvedValue((...parts) => new Forget(...parts), [connections, rooms, PresenceNotices]);
  bind(EndSession).toResolvedValue((...parts) => new EndSession(...parts), [clients, Forget, clock]);
  bind(ExpiryNotice).toResolvedValue((...parts) => new ExpiryNotice(...parts), [connections, clients, clock]);
  bind(ExpireSession).toResolvedValue(
    (...parts) => new ExpireSession(...parts),
    [connections, rooms, EndSession, Forget, clock],
  );
  bind(AfterPush).toResolvedValue(
    (...parts) => new AfterPush(...parts),
    [Push, Forget, ExpireSession, ExpiryNotice],
  );
  bind(FanOut).toResolvedValue((...parts) => new FanOut(...parts), [rooms, Push, AfterPush]);
  bind(RoomSizes).toResolvedValue((...parts) => new RoomSizes(...parts), [rooms, clock, countAtMost]);
  bind(Publisher).toResolvedValue(
    (...parts) => new Publisher(...parts),
    [log, RoomSizes, FanOut, limiter, clock, inlineLimit],
  );
  bind(Doorkeeper).toResolvedValue((...parts) => new Doorkeeper(...parts), [policy, rooms]);
  bind(ReadLog).toResolvedValue((...parts) => new ReadLog(...parts), [log]);
  bind(EnterRoom).toResolvedValue(
    (...parts) => new EnterRoom(...parts),
    [connections, rooms, ReadRoster, PresenceNotices, AfterPush, policy, clock],
  );

  bind(Connect).toResolvedValue((...parts) => new Connect(...parts), [connections, ConnectionLimit]);
  bind(Disconnect).toResolvedValue((...parts) => new Disconnect(...parts), [Forget]);
  bind(Broadcast).toResolvedValue((...parts) => new Broadcast(...parts), [Doorkeeper, Publisher]);
  bind(SendDirectMessage).toResolvedValue(
    (...parts) => new SendDirectMessage(...parts),
    [Doorkeeper, Publisher],
  );
  bind(PublishToRoom).toResolvedValue((...parts) => new PublishToRoom(...parts), [Doorkeeper, Publisher]);
  bind(JoinRoom).toResolvedValue((...parts) => new JoinRoom(...parts), [Doorkeeper, EnterRoom, ReadLog]);
  bind(LeaveRoom).toResolvedValue((...parts) => new LeaveRoom(...parts), [rooms, PresenceNotices, AfterPush]);
  bind(ReadHistory).toResolvedValue((...parts) => new ReadHistory(...parts), [Doorkeeper, ReadLog]);
  bind(ReadPresence).toResolvedValue((...parts) => new ReadPresence(...parts), [Doorkeeper, ReadRoster]);
  bind(Hello).toResolvedValue((...parts) => new Hello(...parts), [Doorkeeper, EnterRoom, ReadLog]);
  bind(Ping).toResolvedValue((...parts) => new Ping(...parts), [Doorkeeper, log]);
  bind(DeliverPublications).toResolvedValue((...parts) => new DeliverPublications(...parts), [FanOut]);
  bind(ConnectionLimit).toResolvedValue(
    (...parts) => new ConnectionLimit(...parts),
    [limiter, rooms, clients, Forget, clock, openingMs],
  );
  bind(AdmitFrame).toResolvedValue(
    (...parts) => new AdmitFrame(...parts),
    [limiter, connections, ExpiryNotice, EndSession, clock],
  );
  bind(RefreshToken).toResolvedValue(
    (...parts) => new RefreshToken(...parts),
    [refreshSettings, tokens, usedTokens, connections, rooms],
  );
  bind(DisconnectUser).toResolvedValue(
    (...parts) => new DisconnectUser(...parts),
    [rooms, EndSession, Forget],
  );
});
