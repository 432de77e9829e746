import { type ClientFrame, targetOf } from '../gateway/client-frame.js';

export interface ShownState {
  user: string;
  state: unknown;
  counter: number;
}

interface Signalled {
  from: string;
  connectionId: string;
  room: string;
  /** JSON. */
  data: string;
}

/** The states and signals of clients, as the gateway received them. */
export class StatesAndSignals {
  /** By room, user, counter and state: the connections that set it. */
  readonly #stated = new Map<string, Set<string>>();
  readonly #signals = new Map<string, Signalled>();
  readonly #reached = new Set<string>();

  record(connectionId: string, userId: string, frame: ClientFrame): void {
    const { action, room = '', state, counter = 0, tag, number, data } = frame;
    if (state !== undefined) {
      const name = nameOf(room, { user: userId, state, counter });
      this.#stated.set(name, (this.#stated.get(name) ?? new Set()).add(connectionId));
    }
    if (action !== 'signal') return;
    const signal = { from: userId, connectionId, room: targetOf(frame), data: JSON.stringify(data) };
    this.#signals.set(`${userId} ${tag} ${number}`, signal);
  }

  /** The connections that set this state; empty if none did. */
  authorsOf(room: string, said: ShownState): readonly string[] {
    return [...(this.#stated.get(nameOf(room, said)) ?? [])];
  }

  signalOf({ from, tag, number }: { from: string; tag: string; number: number }): Signalled | undefined {
    return this.#signals.get(`${from} ${tag} ${number}`);
  }

  /** False the second time. */
  reaches(
    connectionId: string,
    { from, tag, number }: { from: string; tag: string; number: number },
  ): boolean {
    const name = `${connectionId} ${from} ${tag} ${number}`;
    const isFirst = !this.#reached.has(name);
    this.#reached.add(name);
    return isFirst;
  }
}

const nameOf = (room: string, { user, state, counter }: ShownState): string =>
  JSON.stringify([room, user, counter, state]);
