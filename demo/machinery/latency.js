/** So many answers are remembered. */
const KEPT = 200;

/** How long the server takes to answer, from the frames of all connections. */
export class Latency {
  #pending = new Map();
  #all = [];
  #now;

  constructor(now = () => performance.now()) {
    this.#now = now;
  }

  sent(connection, text) {
    const { id } = parsed(text);
    if (id === undefined) return;
    const pending = this.#pending.get(connection) ?? new Map();
    this.#pending.set(connection, pending.set(id, this.#now()));
  }

  /** Returns how many milliseconds this answer took, or undefined for a push. */
  received(connection, text) {
    const { type, id } = parsed(text);
    const at = type === 'ack' || type === 'error' ? this.#pending.get(connection)?.get(id) : undefined;
    if (at === undefined) return undefined;
    this.#pending.get(connection).delete(id);
    const exact = this.#now() - at;
    const ms = exact < 10 ? Math.round(exact * 10) / 10 : Math.round(exact);
    this.#all = [...this.#all.slice(1 - KEPT), ms];
    return ms;
  }

  ended(connection) {
    this.#pending.delete(connection);
  }

  /** Undefined before the first answer. */
  get summary() {
    if (!this.#all.length) return undefined;
    const sorted = this.#all.toSorted((a, b) => a - b);
    const median = sorted[Math.floor(sorted.length / 2)];
    return { last: this.#all.at(-1), median, slowest: sorted.at(-1) };
  }
}

const parsed = (text) => {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
};
