import { USER_ID } from '../../protocol/names.js';
import type { Client, ClientEvents } from './client.js';
import { createSession } from './connection/create-session.js';
import { createEmitter } from './emitter.js';
import type { Feed } from './feed.js';
import type { ClientOptions } from './options/client-options.js';
import { configure } from './options/configure.js';
import { platform } from './options/platform.js';
import type { AnyActions, OwnActions } from './own-actions.js';
import { abortable, type WaitOptions } from './requests/abortable.js';
import { createOwnRequest } from './requests/create-own-request.js';
import { requestUntilAnswered } from './requests/request-until-answered.js';
import type { Room } from './room.js';
import { createPublish } from './rooms/create-publish.js';
import { createFeeds } from './rooms/feeds.js';
import { SwitchboardError } from './switchboard-error.js';

/** As the platform reads it: without a fragment, which no WebSocket may have. A text, or a `URL`. */
const addressOf = (url: string): string => {
  try {
    const { href } = new platform.URL(url);
    if (/^wss?:[^#]+$/.test(href)) return href;
  } catch {}
  throw new SwitchboardError('invalid_url', 'Not ws:// or wss://');
};

const checkUser = (to: string): void => {
  if (!USER_ID.test(to)) throw new SwitchboardError('invalid_user');
};

/** Connects at once, and stays connected until `close()`. */
export const createClient = <
  Own extends OwnActions<Own> = AnyActions,
  Direct = unknown,
  Announcement = unknown,
>(
  url: string,
  options?: ClientOptions | null,
): Client<Own, Direct, Announcement> => {
  const address = addressOf(url);
  const config = configure(options ?? {});
  const events = createEmitter<ClientEvents>(['state', 'push']);
  const [session, feeds] = createSession(address, config, createFeeds, events);
  const waiting = (call: () => Promise<void>) => (options?: WaitOptions | null) =>
    abortable(() => call(), options);
  const close = waiting(session.close);
  const publish = createPublish<'send' | 'broadcast'>(session, (action, fields, inTurn) =>
    requestUntilAnswered(session, action, fields, inTurn),
  );

  return {
    get state() {
      return session.status.state;
    },
    get status() {
      return session.status;
    },
    get error() {
      return session.error;
    },
    get userId() {
      return session.userId;
    },
    inbox: feeds.inbox as Feed<unknown> as Feed<Direct>,
    everyone: feeds.everyone as Feed<unknown> as Feed<Announcement>,
    room: <T>(name: string) => feeds.room(name) as Room<unknown> as Room<T>,
    send: async (to, data, options) => {
      checkUser(to);
      return publish('send', data, options, to);
    },
    signal: (to, data, options) => {
      checkUser(to);
      feeds.signals.send({ to }, data, options);
    },
    broadcast: (data, options) => publish('broadcast', data, options),
    cursors: feeds.cursors,
    request: createOwnRequest(session) as Client<Own>['request'],
    on: (event, handler) => {
      let isOn = event === 'state';
      const off = events.on(event, handler);
      const { status } = session;
      void Promise.resolve().then(() => {
        // If the state has changed, the handler has already been told.
        if (isOn && status === session.status)
          (handler as (...args: ClientEvents['state']) => void)(status.state, session.error, status);
      });
      return () => {
        isOn = false;
        off();
      };
    },
    ready: waiting(session.ready),
    connect: session.connect,
    disconnect: waiting(session.disconnect),
    close,
    // Platforms that lack the symbol have no `await using` either.
    [Symbol.asyncDispose ?? '']: close,
  };
};
