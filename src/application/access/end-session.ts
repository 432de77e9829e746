import type { ErrorCode } from '../../domain/client-error.js';
import { ERROR_TEXTS } from '../../domain/client-error.js';
import { encode } from '../../domain/server-message.js';
import type { Forget } from '../connections/forget.js';
import type { ClientNotifier } from '../ports/client-notifier.js';
import type { Clock } from '../ports/clock.js';

/** To whom nothing was forbidden that he asked for, `You may not do this` would be a riddle. */
const TEXTS = { ...ERROR_TEXTS, forbidden: 'An operator closed this connection.' };
const SAYING_MS = 1_000;
const CLOSING_MS = 2_000;

/** Tells a client why, closes its socket and forgets it. */
export class EndSession {
  readonly #underWay = new Map<string, Promise<void>>();

  constructor(
    private readonly clients: ClientNotifier,
    private readonly forget: Forget,
    private readonly clock: Clock,
  ) {}

  /** Who asks while the same connection is being ended waits for that: a flood would ask a thousand times. */
  async execute(connectionId: string, code: ErrorCode, reconnect: boolean): Promise<void> {
    const ending =
      this.#underWay.get(connectionId) ??
      this.#end(connectionId, code, reconnect).finally(() => this.#underWay.delete(connectionId));
    this.#underWay.set(connectionId, ending);
    await ending;
  }

  async #end(connectionId: string, code: ErrorCode, reconnect: boolean): Promise<void> {
    const frame = encode({ type: 'disconnect', code, message: TEXTS[code], reconnect });
    const said = await this.clients.send(connectionId, frame, this.clock.now() + SAYING_MS);
    // With a time of its own: who does not read is closed nevertheless.
    if (said !== 'gone') await this.clients.close(connectionId, this.clock.now() + CLOSING_MS);
    // Its $disconnect may never come.
    await this.forget.connection(connectionId);
  }
}
