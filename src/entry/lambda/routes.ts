import type * as z from 'zod/mini';
import type { Action, ActionFrame, Published, Reply } from '../../../protocol/actions.js';
import { frames } from '../../../schemas/frames.js';
import type { Delivery } from '../../application/delivery/pusher.js';
import type { PublishOutcome } from '../../application/publishing/publisher.js';
import type { Caller } from '../../domain/caller.js';
import type { Serialised } from '../../domain/json-text.js';
import type { Application } from '../application.js';
import { readMessage } from './read-message.js';
import { serialiseData } from './serialise-data.js';

/** What is done for one action. */
export type Route<Ack = Reply<Action>> = (
  application: Application,
  caller: Caller,
  frame: unknown,
) => Promise<Done<Ack>>;

/** The ack goes to the client, the rest to the log. */
export interface Done<Ack = Reply<Action>> extends Delivery {
  ack: Ack;
}

type Work<Frame, Result> = (application: Application, caller: Caller, frame: Frame) => Promise<Result>;

type PublishingAction = 'broadcast' | 'send' | 'publish';

const SCHEMAS: { readonly [A in Action]: z.ZodMiniType<ActionFrame<A>> } = frames;

/** Parses once, here at the edge; behind it everything is typed. */
const route =
  <A extends Action>(action: A, execute: Work<ActionFrame<A>, Reply<A>>): Route<Reply<A>> =>
  async (application, caller, frame) => ({
    ack: await execute(application, caller, readMessage(SCHEMAS[action], frame)),
  });

const publishing =
  <A extends PublishingAction>(
    action: A,
    execute: Work<Serialised<ActionFrame<A>>, PublishOutcome>,
  ): Route<Published> =>
  async (application, caller, frame) =>
    execute(application, caller, serialiseData(readMessage(SCHEMAS[action], frame)));

const routes: { readonly [A in Action]: Route<Reply<A>> } = {
  broadcast: publishing('broadcast', (app, caller, frame) => app.broadcast.execute(caller, frame)),
  send: publishing('send', (app, caller, frame) => app.sendDirectMessage.execute(caller, frame)),
  publish: publishing('publish', (app, caller, frame) => app.publishToRoom.execute(caller, frame)),
  join: route('join', (app, caller, frame) => app.joinRoom.execute(caller, frame)),
  leave: route('leave', (app, caller, frame) => app.leaveRoom.execute(caller, frame)),
  history: route('history', (app, caller, frame) => app.readHistory.execute(caller, frame)),
  presence: route('presence', (app, caller, frame) => app.readPresence.execute(caller, frame)),
  hello: route('hello', (app, caller, frame) => app.hello.execute(caller, frame)),
  ping: route('ping', (app, caller, frame) => app.ping.execute(caller, frame)),
  refresh: route('refresh', (app, caller, frame) => app.refreshToken.execute(caller, frame)),
};

/** Every action that clients have. `serverless.yml` has a route for each: a test holds the two together. */
export const ROUTES: ReadonlyMap<string, Route> = new Map<string, Route>(Object.entries(routes));
