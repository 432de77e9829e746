import type { Client, ClientEvents } from './client.js';
import { createSession } from './connection/session.js';
import { Emitter } from './emitter.js';
import type { Feed } from './feed.js';
import type { ClientOptions } from './options/client-options.js';
import { configure } from './options/configure.js';
import { requestUntilAnswered } from './requests/request-until-answered.js';
import type { Room } from './room.js';
import { createPublish } from './rooms/create-publish.js';
import { createFeeds } from './rooms/feeds.js';
import { SwitchboardError } from './switchboard-error.js';

/** Without a fragment, which no WebSocket may have. */
const ADDRESS = /^wss?:\/\/[^\s#]+$/i;

/** Connects at once, and stays connected until `close()`. */
export const createClient = <Direct = unknown, Announcement = unknown>(
  url: string,
  options?: ClientOptions | null,
): Client<Direct, Announcement> => {
  if (!ADDRESS.test(url)) throw new SwitchboardError('invalid_url', 'The address must be ws:// or wss://');
  const config = configure(options ?? {});
  const events = new Emitter<ClientEvents>(['state']);
  const [session, feeds] = createSession(url, config, createFeeds, (status) =>
    events.emit('state', status.state, status.state === 'closed' ? status.reason : undefined, status),
  );
  const say = createPublish(session, (action, fields, inTurn) =>
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
    send: (to, data, options) => say('send', { to }, data, options),
    broadcast: (data, options) => say('broadcast', {}, data, options),
    cursors: feeds.cursors,
    on: events.on,
    connect: session.connect,
    close: () => session.close(),
  };
};
