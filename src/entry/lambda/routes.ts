import type * as z from 'zod/mini';
import type { Delivery } from '../../application/delivery/push.js';
import type { Caller } from '../../domain/caller.js';
import type { Serialised } from '../../domain/json-text.js';
import type { Application } from '../application.js';
import { messages } from './messages.js';
import { readMessage } from './read-message.js';
import { serialiseData } from './serialise-data.js';

/** What is done for one action. */
export type Route = (application: Application, caller: Caller, frame: unknown) => Promise<Done>;

/** The ack goes to the client, the rest to the log. */
export interface Done extends Delivery {
  ack: object;
}

/** Parses once, here at the edge; behind it everything is typed. */
const route =
  <Message>(
    schema: z.ZodMiniType<Message>,
    execute: (application: Application, caller: Caller, message: Message) => Promise<object>,
  ): Route =>
  async (application, caller, frame) => ({
    ack: await execute(application, caller, readMessage(schema, frame)),
  });

const publishing =
  <Message extends { data: unknown }>(
    schema: z.ZodMiniType<Message>,
    execute: (application: Application, caller: Caller, message: Serialised<Message>) => Promise<Done>,
  ): Route =>
  async (application, caller, frame) =>
    execute(application, caller, serialiseData(readMessage(schema, frame)));

/** Every action that clients have. `serverless.yml` has a route for each: a test holds the two together. */
export const ROUTES: ReadonlyMap<string, Route> = new Map<string, Route>([
  [
    'broadcast',
    publishing(messages.broadcast, (app, caller, message) => app.broadcast.execute(caller, message)),
  ],
  [
    'send',
    publishing(messages.send, (app, caller, message) => app.sendDirectMessage.execute(caller, message)),
  ],
  [
    'publish',
    publishing(messages.publish, (app, caller, message) => app.publishToRoom.execute(caller, message)),
  ],
  ['join', route(messages.join, (app, caller, message) => app.joinRoom.execute(caller, message))],
  ['leave', route(messages.leave, (app, caller, message) => app.leaveRoom.execute(caller, message))],
  ['history', route(messages.history, (app, caller, message) => app.readHistory.execute(caller, message))],
  ['presence', route(messages.presence, (app, caller, message) => app.readPresence.execute(caller, message))],
  ['hello', route(messages.hello, (app, caller, message) => app.hello.execute(caller, message))],
  ['ping', route(messages.ping, (app, caller, message) => app.ping.execute(caller, message))],
  ['refresh', route(messages.refresh, (app, caller, message) => app.refreshToken.execute(caller, message))],
]);
