import type { Client } from '../../../src/client.js';
import { createClient } from '../../../src/create-client.js';
import type { Feed, Message } from '../../../src/feed.js';
import type { ClientOptions } from '../../../src/options/client-options.js';
import type { Presence, Room } from '../../../src/room.js';
import { Cable } from './cable.js';

/** The messages that a feed emitted. */
export interface Seen {
  readonly messages: Message[];
  readonly resets: string[];
}

export const watch = (feed: Pick<Feed, 'on'>): Seen => {
  const seen: Seen = { messages: [], resets: [] };
  feed.on('message', (message) => seen.messages.push(message));
  feed.on('reset', ({ reason }) => seen.resets.push(reason));
  return seen;
};

export const dataOf = ({ messages }: Seen): unknown[] => messages.map(({ data }) => data);

export const offsetsOf = ({ messages }: Seen): number[] => messages.map(({ offset }) => offset);

export interface Person extends Seen {
  readonly client: Client;
  readonly room: Room;
  readonly cable: Cable;
  readonly presence: Presence[];
}

/**
 * Clients over real sockets, each on a cable of its own; `disperse` closes them all. Hurried ones are told that the
 * network is back whenever they are about to wait before they reconnect.
 */
export const crowd = ({ isHurried = false } = {}) => {
  const clients: Client[] = [];

  const connect = (url: string, options: ClientOptions = {}) => {
    const cable = new Cable();
    const { WebSocket, network } = cable;
    const client = createClient(url, { WebSocket, network, ...options });
    clients.push(client);
    if (isHurried)
      client.on('state', (state) => {
        if (state === 'offline') setImmediate(() => cable.plug());
      });
    return { client, cable };
  };

  /** One who has joined the lobby, and notes what happens there. */
  const enter = async (url: string, userId: string, options: ClientOptions = {}): Promise<Person> => {
    const { client, cable } = connect(url, { userId, ...options });
    const room = client.room('lobby');
    const presence: Presence[] = [];
    room.on('presence', (change) => presence.push(change));
    const seen = watch(room);
    await room.join();
    return { client, cable, room, presence, ...seen };
  };

  const disperse = async () => {
    await Promise.all(clients.splice(0).map((client) => client.close()));
  };

  return { connect, enter, disperse };
};

/** Everything in the room's log, oldest first. */
export const logOf = async ({ room }: { readonly room: Room }): Promise<Message[]> => {
  const pages: Message[][] = [];
  for await (const page of room.history({ limit: 100 })) pages.unshift(page);
  return pages.flat();
};

export const numbers = (count: number, from = 1): number[] =>
  Array.from({ length: count }, (_, index) => from + index);
