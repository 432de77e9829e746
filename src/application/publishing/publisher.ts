import type { Published } from '../../../protocol/actions.js';
import type { Room } from '../../../protocol/names.js';
import { ClientError } from '../../domain/client-error.js';
import { encode } from '../../domain/encode.js';
import type { Identity } from '../../domain/identity.js';
import type { JsonText } from '../../domain/json-text.js';
import type { Publication } from '../../domain/publication.js';
import { toItem } from '../../domain/publication-item.js';
import type { FanOut } from '../delivery/fan-out.js';
import type { Delivery } from '../delivery/pusher.js';
import type { Clock } from '../ports/clock.js';
import type { PublicationLog } from '../ports/publication-log.js';
import type { RateLimiter } from '../ports/rate-limiter.js';
import type { RoomSizes } from './room-sizes.js';

/** The publication is durable, whatever became of its delivery. */
export interface PublishOutcome extends Delivery {
  ack: Published;
}

const INLINE_MS = 1_000;

/**
 * Appends, then delivers. What is durable is accepted: from there on nothing that fails takes the ack away.
 */
export class Publisher {
  constructor(
    private readonly log: PublicationLog,
    private readonly sizes: RoomSizes,
    private readonly fanOut: FanOut,
    private readonly limiter: RateLimiter,
    private readonly clock: Clock,
    /** Rooms of up to so many members are served by the invocation that publishes; 0: none. */
    private readonly inlineLimit: number,
  ) {}

  async publish(room: Room, caller: Identity, data: JsonText, key?: string): Promise<PublishOutcome> {
    const members = await this.sizes.of(room);
    const { outcome, retryAfterMs } = await this.limiter.publication(room, members);
    if (outcome === 'limited') throw new ClientError('rate_limited', { retryAfterMs });

    const inline = this.inlineLimit > 0 && members <= this.inlineLimit;
    const { userId: from, requestId } = caller;
    const draft = { from, data, key, requestId };
    const { publication, repeated } = await this.log.append(room, draft, inline ? 'inline' : 'stream');

    const { epoch, offset } = publication;
    const ack: Published = { room, epoch, offset, ...(repeated && { repeated: true }) };
    try {
      return { ack, ...(await this.#deliver(publication, inline, repeated)) };
    } catch (deliveryError) {
      return { ack, deliveryError };
    }
  }

  async #deliver(publication: Publication, inline: boolean, repeated: boolean): Promise<Delivery> {
    if (!inline) {
      if (repeated) await this.log.handOver(publication);
      return {};
    }
    const { room, epoch } = publication;
    const frame = encode({ type: 'message', room, epoch, ...toItem(publication) });
    const deadline = this.clock.now() + INLINE_MS;
    // Members are read after the append: whoever joins in between finds it in the log or is found here.
    const { complete, ...delivery } = await this.fanOut
      .deliver(room, [frame], deadline, 2 * this.inlineLimit)
      .catch(async (error: unknown) => {
        // Whoever had no turn before it went wrong is served from there.
        await this.log.handOver(publication);
        throw error;
      });
    if (!complete) await this.log.handOver(publication);
    return delivery;
  }
}
