import 'reflect-metadata';
import { Container, type ContainerModule } from 'inversify';
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
import type { Application } from './application.js';
import { useCases } from './bindings/use-cases.js';

/** Wires the use cases to adapters: the only place that asks the container for anything. */
export const createApplication = (...adapters: ContainerModule[]): Application => {
  const container = new Container({ defaultScope: 'Singleton' });
  container.load(...adapters, useCases);
  return {
    authorizeConnection: container.get(AuthorizeConnection),
    admitFrame: container.get(AdmitFrame),
    refreshToken: container.get(RefreshToken),
    disconnectUser: container.get(DisconnectUser),
    connect: container.get(Connect),
    disconnect: container.get(Disconnect),
    broadcast: container.get(Broadcast),
    sendDirectMessage: container.get(SendDirectMessage),
    joinRoom: container.get(JoinRoom),
    leaveRoom: container.get(LeaveRoom),
    publishToRoom: container.get(PublishToRoom),
    readHistory: container.get(ReadHistory),
    readPresence: container.get(ReadPresence),
    hello: container.get(Hello),
    ping: container.get(Ping),
    deliverPublications: container.get(DeliverPublications),
  };
};
