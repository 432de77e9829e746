import type { ErrorCode } from '../domain/client-error.js';
import { ERROR_TEXTS } from '../domain/client-error.js';
import { encode } from '../domain/server-message.js';
import type { Forget } from './forget.js';
import type { ClientNotifier } from './ports/client-notifier.js';
import type { Clock } from './ports/clock.js';

const SAYING_MS = 1_000;
const CLOSING_MS = 2_000;

/** Tells a client why, closes its socket and forgets it. */
export class EndSession {
  constructor(
    private readonly clients: ClientNotifier,
    private readonly forget: Forget,
    private readonly clock: Clock,
  ) {}

  async execute(connectionId: string, code: ErrorCode, reconnect: boolean): Promise<void> {
    const frame = encode({ type: 'disconnect', code, message: ERROR_TEXTS[code], reconnect });
    await this.clients.send(connectionId, frame, this.clock.now() + SAYING_MS);
    // With a time of its own: who does not read is closed nevertheless.
    await this.clients.close(connectionId, this.clock.now() + CLOSING_MS);
    // Its $disconnect may never come.
    await this.forget.connection(connectionId);
  }
}
