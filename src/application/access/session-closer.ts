import { ERRORS, type ErrorCode } from '../../../protocol/errors.js';
import { encode } from '../../domain/json/encode.js';
import type { ConnectionCleanup } from '../connections/connection-cleanup.js';
import type { ClientNotifier } from '../ports/client-notifier.js';
import type { Clock } from '../ports/clock.js';

/** A kicked client asked for nothing, so `You may not do this` would only confuse. */
const textOf = (code: ErrorCode): string =>
  code === 'forbidden' ? 'An operator closed this connection.' : ERRORS[code].text;
const SAYING_MS = 1_000;
const CLOSING_MS = 2_000;

/** Tells a client why, closes its socket and forgets it. */
export class SessionCloser {
  readonly #underWay = new Map<string, Promise<void>>();

  constructor(
    private readonly clients: ClientNotifier,
    private readonly cleanup: ConnectionCleanup,
    private readonly clock: Clock,
  ) {}

  /** A second call for the same connection waits for the first: a flood causes a thousand calls. */
  async close(connectionId: string, code: ErrorCode, reconnect: boolean): Promise<void> {
    const ending =
      this.#underWay.get(connectionId) ??
      this.#end(connectionId, code, reconnect).finally(() => this.#underWay.delete(connectionId));
    this.#underWay.set(connectionId, ending);
    await ending;
  }

  async #end(connectionId: string, code: ErrorCode, reconnect: boolean): Promise<void> {
    const frame = encode({ type: 'disconnect', code, message: textOf(code), reconnect });
    const said = await this.clients.send(connectionId, frame, this.clock.now() + SAYING_MS);
    // It has its own deadline: a client that does not read is closed too.
    if (said !== 'gone') await this.clients.close(connectionId, this.clock.now() + CLOSING_MS);
    // Its $disconnect may never come.
    await this.cleanup.forget(connectionId);
  }
}
