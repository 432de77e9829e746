import type { Room, Sender } from '../../../protocol/names.js';
import { ClientError } from '../../domain/client-error.js';
import type { JsonText } from '../../domain/json/json-text.js';
import { concurrently } from '../concurrently.js';
import type { Author, Publisher, PublishOutcome } from './publisher.js';

export interface BackEndPublication extends Pick<Author, 'requestId' | 'time'> {
  room: Room;
  from: Sender;
  data: JsonText;
  key?: string | undefined;
}

export type BackEndOutcome = { published: PublishOutcome } | { error: unknown };

/** Rooms that are published to at once. */
const CONCURRENCY = 8;

/**
 * Publishes without a connection: to any room and any user, since the caller's own rights say who may call. Messages of a room
 * are published in their order. After a failure that is worth another try, the later ones of its room get the same error: as
 * they are, in their order, all of them can be published again.
 */
export class PublishForBackEnd {
  constructor(private readonly publisher: Publisher) {}

  /** One outcome for each, in their places. */
  async execute(messages: readonly BackEndPublication[]): Promise<BackEndOutcome[]> {
    const outcomes = new Map<BackEndPublication, BackEndOutcome>();
    await concurrently(byRoom(messages), CONCURRENCY, async (inRoom) => {
      let stopped: BackEndOutcome | undefined;
      for (const message of inRoom) {
        const outcome = stopped ?? (await this.#publish(message));
        if (isWorthAnotherTry(outcome)) stopped = outcome;
        outcomes.set(message, outcome);
      }
    });
    return messages.map((message) => outcomes.get(message) as BackEndOutcome);
  }

  async #publish({ room, from, data, key, ...call }: BackEndPublication): Promise<BackEndOutcome> {
    const author = { ...call, userId: from };
    try {
      const ahead = await this.publisher.lookAhead(author, room);
      return { published: await this.publisher.publish(room, author, { data, key }, ahead) };
    } catch (error) {
      return { error };
    }
  }
}

const byRoom = (messages: readonly BackEndPublication[]): Iterable<BackEndPublication[]> => {
  const rooms = new Map<Room, BackEndPublication[]>();
  for (const message of messages) rooms.set(message.room, [...(rooms.get(message.room) ?? []), message]);
  return rooms.values();
};

const isWorthAnotherTry = (outcome: BackEndOutcome): boolean =>
  'error' in outcome && !(outcome.error instanceof ClientError && !outcome.error.retryable);
