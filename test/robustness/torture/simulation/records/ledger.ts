import type { Invocation } from '../instances/invocation.js';

/** A publication, or a seal, as it was first written. */
export interface Stored {
  room: string;
  epoch: string;
  offset: number;
  seal: boolean;
  id: string;
  from: string;
  key: string | undefined;
  /** JSON. */
  data: string;
  at: number;
  expiresAt: number;
  storedAt: number;
  /** The stream or the queue had to deliver it, from the start or later. */
  streamed: boolean;
}

export interface RecordedAck {
  room: string;
  epoch: string;
  offset: number;
  from: string;
  key: string | undefined;
  data: string;
  invocation: Invocation;
}

/** A connection's time in a room: from the server's answer with its place until either side ended it. */
export interface Stay {
  connectionId: string;
  userId: string;
  room: string;
  epoch: string;
  offset: number;
  /** When the server answered. */
  since: number;
  until: number;
}

export interface Violation {
  rule: string;
  text: string;
}

/** More violations of one rule tell nothing new. */
const MOST_OF_A_RULE = 8;

export const placeOf = (room: string, epoch: string, offset: number): string => `${room} ${epoch}#${offset}`;

/** A complete record of all events, which the checks compare with the promises. */
export class Ledger {
  readonly stored = new Map<string, Stored>();
  /** By place: when its expired row was deleted; DynamoDB deletes in no order. */
  readonly vanished = new Map<string, number>();
  /** In the order in which they began. */
  readonly epochs = new Map<string, { epoch: string; startedAt: number }[]>();
  readonly acks: RecordedAck[] = [];
  /** Every request to publish with a key, whatever its outcome. */
  readonly asked: { room: string; from: string; key: string; data: string }[] = [];
  /** By connection. */
  readonly stays = new Map<string, Stay[]>();
  /** By place, then connection: when a frame with it was first sent there. */
  readonly attempts = new Map<string, Map<string, number>>();
  /** By place: when the stream's consumer last reported it as served. */
  readonly served = new Map<string, number>();
  /** By place: the invocations that handled a batch with it. */
  readonly servedBy = new Map<string, Set<Invocation>>();
  /** Places that the stream gave up after too many failed tries. */
  readonly givenUp = new Set<string>();
  /**
   * By room and connection: the invocations whose push there failed. They skip the rest of their batch for that
   * connection.
   */
  readonly failed = new Map<string, Set<Invocation>>();
  /** When clocks stepped by days. */
  readonly steps: number[] = [];
  /** Connections whose rows were written by an instance that then died, or got a wrong answer. */
  readonly troubled = new Set<string>();
  /** By connection: when its `$disconnect` had been handled without faults, and its rows were gone. */
  readonly goneAt = new Map<string, number>();
  readonly violations: Violation[] = [];
  readonly counts: Record<string, number> = {};

  constructor(private readonly onViolation: (rule: string) => void) {}

  violate(rule: string, text: string): void {
    this.onViolation(rule);
    const alike = this.violations.filter((one) => one.rule === rule).length;
    if (alike < MOST_OF_A_RULE) this.violations.push({ rule, text });
  }

  /** Reports failures of work that is not awaited. */
  watch(work: Promise<unknown>): void {
    work.catch((error: Error) => this.violate('rest', String(error.stack)));
  }

  count(what: string, by = 1): void {
    this.counts[what] = (this.counts[what] ?? 0) + by;
  }

  attempted(place: string, connectionId: string, now: number): void {
    const attempts = this.attempts.get(place) ?? new Map<string, number>();
    this.attempts.set(place, attempts);
    if (!attempts.has(connectionId)) attempts.set(connectionId, now);
  }

  openStay(connectionId: string, room: string): Stay | undefined {
    const stays = this.stays.get(connectionId) ?? [];
    return stays.find((stay) => stay.room === room && stay.until === Number.POSITIVE_INFINITY);
  }

  /** `startedAt` is the world's time: the clocks of instances differ. */
  began(room: string, epoch: string, startedAt: number): void {
    const epochs = this.epochs.get(room) ?? [];
    const last = epochs.at(-1)?.epoch;
    if (last === epoch) return;
    if (last !== undefined && last > epoch)
      this.violate('epochs', `${room}: ${epoch} came after ${last}, and sorts before it`);
    epochs.push({ epoch, startedAt });
    this.epochs.set(room, epochs);
  }

  /** The newest publication that was ever written in a room; offset 0 when its newest epoch is empty. */
  head(room: string): { epoch: string; offset: number } | undefined {
    const epoch = this.epochs.get(room)?.at(-1)?.epoch;
    if (epoch === undefined) return undefined;
    let offset = 0;
    while (this.find(room, epoch, offset + 1)?.seal === false) offset += 1;
    return { epoch, offset };
  }

  /** Whether all these rows were deleted, so that the room's head may be before them. */
  haveVanished(room: string, epoch: string, first: number, last: number): boolean {
    for (let offset = first; offset <= last; offset += 1)
      if (!this.vanished.has(placeOf(room, epoch, offset))) return false;
    return true;
  }

  find(room: string, epoch: string, offset: number): Stored | undefined {
    return this.stored.get(placeOf(room, epoch, offset));
  }
}
