import type { Action, ActionFrame, Published, Reply } from '../../../../protocol/actions.js';
import type { PublishOutcome } from '../../../application/publishing/publisher.js';
import type { Caller } from '../../../domain/access/caller.js';
import type { Identity } from '../../../domain/access/identity.js';
import type { Serialised } from '../../../domain/json/json-text.js';
import type { Application } from '../../application.js';
import { readMessage } from './read-message.js';
import { type Route, route, SCHEMAS } from './route.js';
import { serialiseData } from './serialise-data.js';

type PublishingAction = 'broadcast' | 'send' | 'publish';

/** A use case that begins to read before it is known who calls: see `AdmitFrame`. */
interface LookingAhead<Message, Ahead, Result> {
  lookAhead(identity: Identity, message: Message): Promise<Ahead>;
  execute(caller: Caller, message: Message, ahead: Promise<Ahead>): Promise<Result>;
}

const aheadOf = <Message, Ahead, Result>(
  useCase: LookingAhead<Message, Ahead, Result>,
  identity: Identity,
  message: Message,
) => {
  const ahead = useCase.lookAhead(identity, message);
  return { ahead, execute: (caller: Caller) => useCase.execute(caller, message, ahead) };
};

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
  join: route('join', (app, caller, frame) => app.joinRoom.execute(caller, frame)),
  leave: route('leave', (app, caller, frame) => app.leaveRoom.execute(caller, frame)),
  history: route('history', (app, caller, frame) => app.readHistory.execute(caller, frame)),
  presence: route('presence', (app, caller, frame) => app.readPresence.execute(caller, frame)),
  hello: route('hello', (app, caller, frame) => app.hello.execute(caller, frame)),
  ping,
  refresh: route('refresh', (app, caller, frame) => app.refreshToken.execute(caller, frame)),
};

/** Every action that clients have. `serverless.yml` has a route for each: a test holds the two together. */
export const ROUTES: ReadonlyMap<string, Route> = new Map<string, Route>(Object.entries(routes));
