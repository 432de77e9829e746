import { type Logger, pino } from 'pino';
import type { ClientError } from '../domain/client-error.js';

/** One JSON line per event; never what was said in it. */
export class EventLog {
  readonly #logger: Logger;

  constructor(level: string, destination?: pino.DestinationStream) {
    const options = { level, base: null };
    this.#logger = destination ? pino(options, destination) : pino(options);
  }

  event(context: LoggedContext, { outcome, error, details }: LoggedOutcome, durationMs: number): void {
    const { requestId, connectionId, routeKey: route } = context;
    const fields = {
      requestId,
      connectionId,
      route,
      outcome,
      durationMs: Math.round(durationMs),
      ...details,
    };
    const cause = error?.cause;
    if (cause === undefined) this.#logger.info(fields);
    else this.#logger.error({ ...fields, err: cause });
  }

  info(fields: object): void {
    this.#logger.info(fields);
  }

  warn(fields: object, message: string): void {
    this.#logger.warn(fields, message);
  }
}

interface LoggedContext {
  requestId: string;
  connectionId: string;
  routeKey: string;
}

interface LoggedOutcome {
  outcome: string;
  error?: ClientError;
  details?: object | undefined;
}
