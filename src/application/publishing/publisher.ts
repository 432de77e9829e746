import type { Published } from '../../../protocol/actions.js';
import type { Room } from '../../../protocol/names.js';
import type { Identity } from '../../domain/access/identity.js';
import { ClientError } from '../../domain/client-error.js';
import { encode } from '../../domain/json/encode.js';
import type { JsonText } from '../../domain/json/json-text.js';
import type { Publication } from '../../domain/publications/publication.js';
import { toItem } from '../../domain/publications/publication-item.js';
import { allOf } from '../all-of.js';
import type { FanOut } from '../delivery/fan-out.js';
import type { Delivery } from '../delivery/pusher.js';
import type { Clock } from '../ports/clock.js';
import type { Handover } from '../ports/handover.js';
import type { PeekedHead, PublicationLog } from '../ports/publication-log.js';
import type { RateLimiter } from '../ports/rate-limiter.js';
import type { RoomSizes } from './room-sizes.js';

/** The publication is durable, whatever became of its delivery. */
export interface PublishOutcome extends Delivery {
  ack: Published;
}

/** In whose name something is published. */
export type Author = Pick<Identity, 'userId' | 'requestId' | 'time'>;

/** What is known of a room before anything is written. */
export interface Ahead {
  members: number;
  peeked: PeekedHead;
}

const INLINE_MS = 1_000;

/**
 * Appends, then delivers. What is durable is accepted: from there on nothing that fails takes the ack away.
 */
export class Publisher {
  constructor(
    private readonly log: PublicationLog,
    private readonly handover: Handover,
    private readonly sizes: RoomSizes,
    private readonly fanOut: FanOut,
    private readonly limiter: RateLimiter,
    private readonly clock: Clock,
    /** Rooms of up to so many members are served by the invocation that publishes; 0: none. */
    private readonly inlineLimit: number,
  ) {}

  /** Reads only, so it may run beside the checks whose outcome decides whether anything is published. */
  async lookAhead({ time }: Author, room: Room): Promise<Ahead> {
    const [members, peeked] = await allOf([this.sizes.of(room), this.log.peek(room, time?.signal)]);
    return { members, peeked };
  }

  /** To be called once the caller may: the room's limit is charged for it. */
  async publish(
    room: Room,
    author: Author,
    { data, key }: { data: JsonText; key?: string | undefined },
    { members, peeked }: Ahead,
  ): Promise<PublishOutcome> {
    const inline = this.inlineLimit > 0 && members <= this.inlineLimit;
    const { userId: from, requestId, time } = author;
    const draft = { from, data, key, requestId };
    const admitted = this.#admit(room, members);
    const { publication, repeated } = await this.log
      .append(room, draft, { handOver: !inline, peeked, admitted, time })
      .finally(() => admitted.catch(() => {}));

    const { epoch, offset } = publication;
    const ack: Published = { room, epoch, offset, ...(repeated && { repeated: true }) };
    try {
      // The client waits only a little longer: the functions that it is handed over to have time.
      const isHandedOver = !inline && !repeated && this.handover.byAppend;
      return { ack, ...(await this.#deliver(publication, inline && !time?.isUp, !isHandedOver)) };
    } catch (deliveryError) {
      return { ack, deliveryError };
    }
  }

  async #admit(room: Room, members: number): Promise<void> {
    const { outcome, retryAfterMs } = await this.limiter.publication(room, members);
    if (outcome === 'limited') throw new ClientError('rate_limited', { retryAfterMs });
  }

  async #deliver(publication: Publication, pushes: boolean, handsOver: boolean): Promise<Delivery> {
    if (!pushes) return handsOver ? this.#queue(publication) : { queued: true };
    const { room, epoch } = publication;
    const frame = encode({ type: 'message', room, epoch, ...toItem(publication) });
    const deadline = this.clock.now() + INLINE_MS;
    try {
      // Members are read after the append: a client that joins in between finds it in the log or is found here.
      const atMost = 2 * this.inlineLimit;
      const { complete, ...delivery } = await this.fanOut.deliver(room, [frame], deadline, { atMost });
      return complete ? delivery : { ...delivery, ...(await this.#queue(publication)) };
    } catch (deliveryError) {
      // Some members had no turn before the failure.
      return { deliveryError, ...(await this.#queue(publication)) };
    }
  }

  async #queue(publication: Publication): Promise<Delivery> {
    await this.handover.handOver(publication);
    return { queued: true };
  }
}
