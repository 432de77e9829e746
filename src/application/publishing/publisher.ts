import type { Published } from '../../../protocol/actions.js';
import type { Room } from '../../../protocol/names.js';
import type { Identity } from '../../domain/access/identity.js';
import { ClientError } from '../../domain/client-error.js';
import { encode } from '../../domain/json/encode.js';
import type { JsonText } from '../../domain/json/json-text.js';
import type { Publication } from '../../domain/publications/publication.js';
import { toItem } from '../../domain/publications/publication-item.js';
import type { FanOut } from '../delivery/fan-out.js';
import type { Delivery } from '../delivery/pusher.js';
import type { Clock } from '../ports/clock.js';
import type { Handover } from '../ports/handover.js';
import type { PeekedHead, PublicationLog } from '../ports/publication-log.js';
import type { RateLimiter } from '../ports/rate-limiter.js';
import { settleAll } from '../settle-all.js';
import type { RoomSizes } from './room-sizes.js';

/** The publication is durable, even if its delivery failed. */
export interface PublishOutcome extends Delivery {
  ack: Published;
}

/** The user who publishes, and the id of the request. */
export type Author = Pick<Identity, 'userId' | 'requestId' | 'time'>;

/** The room as it was read before anything is written. */
export interface Ahead {
  members: number;
  peeked: PeekedHead;
}

const INLINE_MS = 1_000;

/**
 * Appends, then delivers. A durable publication is accepted: no later failure revokes the ack.
 */
export class Publisher {
  constructor(
    private readonly log: PublicationLog,
    private readonly handover: Handover,
    private readonly sizes: RoomSizes,
    private readonly fanOut: FanOut,
    private readonly limiter: RateLimiter,
    private readonly clock: Clock,
    /** The most members of a room that the publishing invocation serves itself; 0: it serves no room. */
    private readonly inlineLimit: number,
  ) {}

  /** Reads only, so it may run beside the checks whose outcome decides whether anything is published. */
  async lookAhead({ time }: Author, room: Room): Promise<Ahead> {
    const [members, peeked] = await settleAll([this.sizes.of(room), this.log.peek(room, time?.signal)]);
    return { members, peeked };
  }

  /** Call it only for a caller with permission: it counts against the room's limit. */
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
      // The client waits only a little longer: the functions that take over have more time.
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
      // Members are read after the append: a client that joins in between either reads it in the log or is pushed to here.
      const atMost = 2 * this.inlineLimit;
      const { complete, ...delivery } = await this.fanOut.deliver(room, [frame], deadline, { atMost });
      return complete ? delivery : { ...delivery, ...(await this.#queue(publication)) };
    } catch (deliveryError) {
      // Some members were not served before the failure.
      return { deliveryError, ...(await this.#queue(publication)) };
    }
  }

  async #queue(publication: Publication): Promise<Delivery> {
    await this.handover.handOver(publication);
    return { queued: true };
  }
}
