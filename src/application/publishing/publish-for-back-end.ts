import type { Room, Sender } from '../../../protocol/names.js';
import { ClientError } from '../../domain/client-error.js';
import type { JsonText } from '../../domain/json/json-text.js';
import { concurrently } from '../concurrently.js';
import type { Delivery } from '../delivery/pusher.js';
import type { BackEndSignal, SignalForBackEnd } from '../signals/signal-for-back-end.js';
import type { Author, Publisher, PublishOutcome } from './publisher.js';

export interface BackEndPublication extends Pick<Author, 'requestId' | 'time'> {
  room: Room;
  from: Sender;
  data: JsonText;
  key?: string | undefined;
}

export type BackEndWork = BackEndPublication | BackEndSignal;

export type BackEndOutcome = { published: PublishOutcome } | { signalled: Delivery } | { error: unknown };

/** Rooms that are served at once. */
const CONCURRENCY = 8;

/**
 * Publishes and signals without a connection, to any room and any user: IAM decides who may call.
 * Messages of a room go out in their order. After a publication that failed with a retryable error, the later ones of its
 * room get the same error, so that all of them can be sent again in their order. A failed signal stops nothing.
 */
export class PublishForBackEnd {
  constructor(
    private readonly publisher: Publisher,
    private readonly signals: SignalForBackEnd,
  ) {}

  /** One outcome for each message, in the same order. */
  async execute(messages: readonly BackEndWork[]): Promise<BackEndOutcome[]> {
    const outcomes = new Map<BackEndWork, BackEndOutcome>();
    await concurrently(byRoom(messages), CONCURRENCY, async (inRoom) => {
      let stopped: BackEndOutcome | undefined;
      for (const message of inRoom) {
        const outcome = stopped ?? (await this.#send(message));
        if (!isSignal(message) && isWorthAnotherTry(outcome)) stopped = outcome;
        outcomes.set(message, outcome);
      }
    });
    return messages.map((message) => outcomes.get(message) as BackEndOutcome);
  }

  async #send(message: BackEndWork): Promise<BackEndOutcome> {
    try {
      return isSignal(message)
        ? { signalled: await this.signals.execute(message) }
        : { published: await this.#publish(message) };
    } catch (error) {
      // A stopped read rejects with an error of its store.
      const { aborted, reason } = message.time?.signal ?? {};
      return { error: aborted ? reason : error };
    }
  }

  async #publish({ room, from, data, key, ...call }: BackEndPublication): Promise<PublishOutcome> {
    const author = { ...call, userId: from };
    const ahead = await this.publisher.lookAhead(author, room);
    return this.publisher.publish(room, author, { data, key }, ahead);
  }
}

const isSignal = (message: BackEndWork): message is BackEndSignal => 'place' in message;

const byRoom = (messages: readonly BackEndWork[]): Iterable<BackEndWork[]> => {
  const rooms = new Map<Room, BackEndWork[]>();
  for (const message of messages) rooms.set(message.room, [...(rooms.get(message.room) ?? []), message]);
  return rooms.values();
};

const isWorthAnotherTry = (outcome: BackEndOutcome): boolean =>
  'error' in outcome && !(outcome.error instanceof ClientError && !outcome.error.retryable);
