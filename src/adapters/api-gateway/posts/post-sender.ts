import type { SendOptions, SendOutcome } from '../../../application/ports/client-notifier.js';
import type { Clock } from '../../../application/ports/clock.js';
import type { ApiClock } from './api-clock.js';
import { FrameBodies } from './frame-bodies.js';
import type { PostClient } from './post-client.js';
import { type PushContext, PushTask } from './push-task.js';
import { Throttle } from './turns/throttle.js';

export interface PushFailure {
  connectionId: string;
  error: unknown;
}

const DEFAULT_OPTIONS: SendOptions = {};

/** Posts as fast as API Gateway accepts them, and tries again if that may help. One for each process. */
export class PostSender {
  readonly #bodies = new FrameBodies();
  readonly #posting: PushContext;

  constructor(
    private readonly client: PostClient,
    clock: Clock,
    apiClock: ApiClock,
    limits: { maxSockets: number; perSecond?: number | undefined },
    onFailure: (failure: PushFailure) => void = () => {},
  ) {
    this.#posting = { client, throttle: new Throttle(clock, limits), clock, apiClock, onFailure };
  }

  /** Until `deadline`. Its own requests and pauses take at most `patienceMs`; waiting for its turn does not count. */
  send(
    connectionId: string,
    frame: string,
    deadline: number,
    options = DEFAULT_OPTIONS,
  ): Promise<SendOutcome> {
    const body = this.#bodies.of(frame);
    return new Promise((settle) => {
      new PushTask(this.#posting, connectionId, body, deadline, options, settle).start();
    });
  }

  async destroy(): Promise<void> {
    await this.client.destroy();
  }
}
