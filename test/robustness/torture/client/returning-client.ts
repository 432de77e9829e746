import type { Client } from '../../../../client/src/client.js';
import { createClient } from '../../../../client/src/create-client.js';
import type { ClientOptions } from '../../../../client/src/options/client-options.js';

const LONGEST_PAUSE_MS = 2_000;

/** A user's client. When a kick has ended it, another one takes over, as after signing in again. */
export class ReturningClient {
  #client: Client;

  constructor(
    private readonly options: ClientOptions & {
      clock: NonNullable<ClientOptions['clock']>;
      random: () => number;
    },
    /** Called with each new client before it connects, and with the rooms of the previous one. */
    private readonly onNew: (client: Client, rooms: readonly string[]) => void,
  ) {
    this.#client = this.#begin();
  }

  get current(): Client {
    return this.#client;
  }

  #begin(before?: Client): Client {
    const { clock, random } = this.options;
    const cursors = before?.cursors() ?? {};
    const client = createClient('ws://switchboard.test/', { ...this.options, cursors });
    this.#client = client;
    client.on('state', (state, error) => {
      if (state === 'closed' && error?.code === 'forbidden')
        clock.setTimeout(() => this.#begin(client), random() * LONGEST_PAUSE_MS);
    });
    const isJoined = (room: string) => room !== '*' && !room.startsWith('@');
    this.onNew(client, Object.keys(cursors).filter(isJoined));
    return client;
  }
}
