import type { ErrorFrame } from '../../../protocol/errors.js';
import { writeJson } from '../../domain/json/write-json.js';
import { IntervalLimit } from '../../domain/limits/interval-limit.js';
import type { ClientNotifier } from '../ports/client-notifier.js';
import type { Clock } from '../ports/clock.js';

const EVERY_MS = 1_000;
const TELLING_MS = 1_000;

/** Tells a client that a frame without a reply was refused: once a second, because a flood is refused a thousand times. */
export class TellRefusal {
  readonly #once = new IntervalLimit(EVERY_MS);

  constructor(
    private readonly clients: ClientNotifier,
    private readonly clock: Clock,
  ) {}

  async execute(connectionId: string, refusal: ErrorFrame): Promise<void> {
    const now = this.clock.now();
    if (!this.#once.take(connectionId, now)) return;
    await this.clients.send(connectionId, writeJson(refusal), now + TELLING_MS, { once: true });
  }
}
