/** A connection's newest token, by the answers that the gateway saw. */
interface Renewal {
  underWay: number;
  /** Two simultaneous tokens: it is unknown which one is newer. */
  overlapped: boolean;
  /** Whether the connection may see who else is in a room; undefined while that is unknown. */
  sees: boolean | undefined;
}

/** Actions of operators and token issuers on connections. */
export class Sessions {
  readonly #kicking = new Map<string, number>();
  /** By connection: when its kick returned; infinity before that, and if the kick failed. */
  readonly #kickedAt = new Map<string, number>();
  readonly #renewals = new Map<string, Renewal>();

  /** A kick finds these connections, and perhaps others that open meanwhile. */
  kickBegins(userId: string, connectionIds: readonly string[]): void {
    this.#kicking.set(userId, (this.#kicking.get(userId) ?? 0) + 1);
    for (const id of connectionIds) this.#kickedAt.set(id, Number.POSITIVE_INFINITY);
  }

  kickEnds(userId: string): void {
    this.#kicking.set(userId, (this.#kicking.get(userId) ?? 0) - 1);
  }

  opens(userId: string, connectionId: string): void {
    if ((this.#kicking.get(userId) ?? 0) > 0) this.#kickedAt.set(connectionId, Number.POSITIVE_INFINITY);
  }

  kicked(connectionId: string, now: number): void {
    this.#kickedAt.set(connectionId, now);
  }

  mayBeKicked(connectionId: string): boolean {
    return this.#kickedAt.has(connectionId);
  }

  /** Whether a kick had returned by then. */
  isKickedBy(connectionId: string, at: number): boolean {
    return (this.#kickedAt.get(connectionId) ?? Number.POSITIVE_INFINITY) < at;
  }

  renewalBegins(connectionId: string): void {
    const { underWay = 0, overlapped = false } = this.#renewals.get(connectionId) ?? {};
    const renewal = { underWay: underWay + 1, overlapped: overlapped || underWay > 0, sees: undefined };
    this.#renewals.set(connectionId, renewal);
  }

  /** `sees` is undefined when the refresh was refused, or some of its writes were. */
  renewalEnds(connectionId: string, sees: boolean | undefined): void {
    const { underWay = 1, overlapped = false } = this.#renewals.get(connectionId) ?? {};
    this.#renewals.set(connectionId, {
      underWay: underWay - 1,
      overlapped: overlapped && underWay > 1,
      sees: overlapped ? undefined : sees,
    });
  }

  /** Whether it got a token that may hide the other members. */
  isRenewed(connectionId: string): boolean {
    return this.#renewals.has(connectionId);
  }

  seesOthers(connectionId: string): boolean | undefined {
    return this.#renewals.get(connectionId)?.sees;
  }
}
