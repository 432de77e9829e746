import { hasExpired } from '../../domain/access/session.js';
import type { Membership } from '../../domain/membership.js';
import type { Clock } from '../ports/clock.js';
import type { Courier } from './courier.js';
import { MemberQueue, type MemberSource } from './member-queue.js';
import type { Pusher, PushOutcome, PushResult, Tally } from './pusher.js';

/** The consequence of a push's outcome; undefined if there is nothing to do. */
type After = (member: Membership, outcome: PushOutcome) => Promise<void> | undefined;

export interface PushOptions {
  /** How many pushes are under way at once. */
  concurrency: number;
  /**
   * How long a new connection may still be opening, in milliseconds: API Gateway answers 410 until `$connect` has returned,
   * and the connection is in `*` and its inbox before that.
   */
  openingMs: number;
}

/**
 * Sends the same frames to many connections, each at its own pace: a connection that hangs takes up one of `concurrency`
 * places, and not for long.
 */
export class PlainPusher implements Pusher {
  constructor(
    private readonly courier: Courier,
    private readonly clock: Clock,
    private readonly options: PushOptions,
  ) {}

  /**
   * A member whose session has ended gets nothing. The next push begins only when `after` is done with this one; if `after`
   * fails, the member is not served again. If reading members fails, the members read so far are served, then it
   * rejects.
   */
  async toAll(
    members: MemberSource,
    frames: readonly string[],
    deadline: number,
    after?: After,
  ): Promise<PushResult> {
    const tally: Tally = { delivered: 0, gone: 0, failed: 0, expired: 0 };
    const queue = new MemberQueue(members);
    const readErrors: unknown[] = [];
    const afterErrors: unknown[] = [];
    const workers: Promise<unknown>[] = [];
    let begun = 0;
    let complete = true;

    const work = async (): Promise<void> => {
      do {
        for (let member = queue.take(); member; member = queue.take()) {
          if (this.clock.now() >= deadline) {
            complete = false;
            return;
          }
          const pushing = this.#toOne(member, frames, deadline);
          // In a small room, a worker for each place would cost more than the pushes.
          if (!queue.isEmpty && begun < this.options.concurrency) begin();
          const outcome = await pushing;
          tally[outcome] += 1;
          const consequences = after?.(member, outcome);
          if (consequences) await consequences.catch((error: unknown) => afterErrors.push(error));
        }
      } while (await queue.more());
    };
    const begin = (): void => {
      begun += 1;
      workers.push(work().catch((error: unknown) => readErrors.push(error)));
    };
    begin();
    for (const worker of workers) await worker;
    await queue.close();
    if (readErrors.length > 0) throw readErrors[0];
    return { tally, complete, ...(afterErrors.length > 0 && { deliveryError: afterErrors[0] }) };
  }

  #toOne(
    member: Membership,
    frames: readonly string[],
    deadline: number,
  ): Promise<PushOutcome> | PushOutcome {
    return hasExpired(member, this.clock.now()) ? 'expired' : this.courier.send(member, frames, deadline);
  }
}
