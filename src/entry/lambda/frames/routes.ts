import type { Action, ActionFrame, Published, Reply } from '../../../../protocol/actions.js';
import type { PublishOutcome } from '../../../application/publishing/publisher.js';
import type { Serialised } from '../../../domain/json/json-text.js';
import type { Application } from '../../application.js';
import { aheadOf, type LookingAhead } from './ahead-of.js';
import { readMessage } from './reading/read-message.js';
import { serialiseData } from './reading/serialise-data.js';
import { serialiseJoin, serialiseState } from './reading/serialise-state.js';
import { type Route, route, SCHEMAS } from './route.js';

type PublishingAction = 'broadcast' | 'send' | 'publish';

const publishing =
  <A extends PublishingAction, Ahead>(
    action: A,
    useCase: (application: Application) => LookingAhead<Serialised<ActionFrame<A>>, Ahead, PublishOutcome>,
  ): Route<Published> =>
  (application, identity, frame) =>
    aheadOf(useCase(application), identity, serialiseData(readMessage(SCHEMAS[action], frame)));

const ping: Route<Reply<'ping'>> = (application, identity, frame) => {
  const { ahead, execute } = aheadOf(application.ping, identity, readMessage(SCHEMAS.ping, frame));
  return { ahead, execute: async (caller) => ({ ack: await execute(caller) }) };
};

const routes: { readonly [A in Action]: Route<Reply<A>> } = {
  broadcast: publishing('broadcast', (app) => app.broadcast),
  send: publishing('send', (app) => app.sendDirectMessage),
  publish: publishing('publish', (app) => app.publishToRoom),
  join: route('join', (app, caller, frame) => app.joinRoom.execute(caller, serialiseJoin(frame))),
  leave: route('leave', (app, caller, frame) => app.leaveRoom.execute(caller, frame)),
  history: route('history', (app, caller, frame) => app.readHistory.execute(caller, frame)),
  state: route('state', (app, caller, frame) => app.setState.execute(caller, serialiseState(frame))),
  presence: route('presence', (app, caller, frame) => app.readPresence.execute(caller, frame)),
  hello: route('hello', (app, caller, frame) => app.hello.execute(caller, frame)),
  ping,
  refresh: route('refresh', (app, caller, frame) => app.refreshToken.execute(caller, frame)),
};

/** All actions of clients. `serverless.yml` has a route for each: a test compares the two. */
export const ROUTES: ReadonlyMap<string, Route> = new Map<string, Route>(Object.entries(routes));
