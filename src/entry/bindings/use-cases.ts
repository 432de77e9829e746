import { ContainerModule } from 'inversify';
import { AdmitFrame } from '../../application/admit-frame.js';
import { AfterPush } from '../../application/after-push.js';
import { Broadcast } from '../../application/broadcast.js';
import { ClaimsAccessPolicy } from '../../application/claims-access-policy.js';
import { Connect } from '../../application/connect.js';
import { ConnectionLimit } from '../../application/connection-limit.js';
import { DeliverPublications } from '../../application/deliver-publications.js';
import { Disconnect } from '../../application/disconnect.js';
import { DisconnectUser } from '../../application/disconnect-user.js';
import { Doorkeeper } from '../../application/doorkeeper.js';
import { EndSession } from '../../application/end-session.js';
import { EnterRoom } from '../../application/enter-room.js';
import { ExpireSession } from '../../application/expire-session.js';
import { ExpiryNotice } from '../../application/expiry-notice.js';
import { FanOut } from '../../application/fan-out.js';
import { Forget } from '../../application/forget.js';
import { Hello } from '../../application/hello.js';
import { JoinRoom } from '../../application/join-room.js';
import { LeaveRoom } from '../../application/leave-room.js';
import { Ping } from '../../application/ping.js';
import { PresenceNotices } from '../../application/presence-notices.js';
import { PublishToRoom } from '../../application/publish-to-room.js';
import { Publisher } from '../../application/publisher.js';
import { Push } from '../../application/push.js';
import { ReadHistory } from '../../application/read-history.js';
import { ReadLog } from '../../application/read-log.js';
import { ReadPresence } from '../../application/read-presence.js';
import { ReadRoster } from '../../application/read-roster.js';
import { RefreshToken } from '../../application/refresh-token.js';
import { RoomSizes } from '../../application/room-sizes.js';
import { SendDirectMessage } from '../../application/send-direct-message.js';
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
