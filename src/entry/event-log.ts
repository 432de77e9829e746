import { type DestinationStream, type Logger, pino } from 'pino';
import type { Delivery } from '../application/delivery/pusher.js';
import type { ClientError } from '../domain/client-error.js';
import { errorFields } from './error-fields.js';
import { GatheredMetrics } from './metrics/gathered-metrics.js';
import type { MetricsPlace } from './metrics/metrics-place.js';
import { type MeasuredLine, numbersOfLine } from './metrics/numbers-of-line.js';

const LONGEST_ID = 128;

/** Writes one JSON line per event, without its content, address or token; with `metrics`, also lines with its numbers. */
export class EventLog {
  readonly #logger: Logger;
  readonly #metrics: GatheredMetrics | undefined;

  constructor(level: string, destination?: DestinationStream, metrics?: MetricsPlace) {
    const serializers = { error: errorFields, deliveryError: errorFields };
    const options = { level, base: null, serializers, hooks: { streamWrite: escaped } };
    this.#logger = destination ? pino(options, destination) : pino(options);
    this.#metrics = metrics && new GatheredMetrics({ ...metrics, write: (line) => this.#logger.info(line) });
  }

  event(context: LoggedContext, { outcome, error, delivery }: EventOutcome, durationMs: number): void {
    const fields = {
      requestId: shortenId(context.requestId),
      ...(context.connectionId !== undefined && { connectionId: shortenId(context.connectionId) }),
      route: shortenId(context.routeKey),
      outcome,
      durationMs: Math.round(durationMs),
      ...delivery,
    };
    const cause = error?.cause;
    if (cause === undefined) this.#logger.info(fields);
    else this.#logger.error({ ...fields, error: cause });
    this.#metrics?.add(numbersOfLine(fields));
  }

  info(fields: MeasuredLine & Record<string, unknown>): void {
    this.#logger.info(fields);
    this.#metrics?.add(numbersOfLine(fields));
  }

  warn(fields: object, message: string): void {
    this.#logger.warn(fields, message);
  }
}

/** Longest part of an id in the log. */
export const shortenId = (id: string): string => id.slice(0, LONGEST_ID);

/** JSON does not escape these; a terminal may obey them or read them as the end of the line. */
const UNESCAPED = /[\x7f-\x9f\u2028\u2029]/g;

const escaped = (line: string): string =>
  line.replace(UNESCAPED, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);

interface LoggedContext {
  requestId: string;
  /** Absent if the event belongs to no connection. */
  connectionId?: string;
  routeKey: string;
}

export interface EventOutcome {
  /** `ok`, or the code of the failure. */
  outcome: string;
  error?: ClientError;
  /** The pushes of the event's publications. */
  delivery?: Delivery;
}
