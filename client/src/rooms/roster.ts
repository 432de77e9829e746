import type { Session } from '../connection/session.js';
import type { Presence } from '../room.js';

interface Members {
  readonly members: readonly string[];
  readonly truncated?: boolean;
}

/** Who is in a room, as far as we know. A busy room is told no more for a while: then this asks, and tells the rest. */
export class Roster {
  /** Unknown where there are more than the server lists. */
  #users: ReadonlySet<string> | undefined;
  #asking: { due: number } | undefined;

  readonly #session: Session;
  readonly #ask: () => Promise<Members>;
  readonly #tell: (presence: Presence) => void;

  constructor(session: Session, ask: () => Promise<Members>, tell: (presence: Presence) => void) {
    this.#session = session;
    this.#ask = ask;
    this.#tell = tell;
  }

  read({ members, truncated }: Members): void {
    this.#users = truncated ? undefined : new Set(members);
  }

  announced({ joined, left, askAfterMs }: Presence & { readonly askAfterMs?: number }): void {
    if (this.#users) this.#users = new Set([...this.#users, ...joined].filter((one) => !left.includes(one)));
    this.#tell({ joined, left });
    if (askAfterMs === undefined) return;
    const due = this.#session.config.clock.now() + askAfterMs;
    if (this.#asking) this.#asking.due = due;
    else void this.#askAt(due).catch(() => {});
  }

  forget(): void {
    this.#users = undefined;
    this.#asking = undefined;
  }

  /** Once for all notices that came meanwhile; again if the last of them wants it later. */
  async #askAt(first: number): Promise<void> {
    const asking = { due: first };
    this.#asking = asking;
    const { clock } = this.#session.config;
    try {
      for (let due = first, done = false; !done; done = asking.due === due, due = asking.due) {
        while (clock.now() < due && !this.#session.isClosed) await this.#session.wait(due - clock.now());
        if (this.#asking !== asking || this.#session.isClosed) return;
        const now = await this.#ask();
        if (this.#asking === asking) this.#compare(now);
      }
    } finally {
      if (this.#asking === asking) this.#asking = undefined;
    }
  }

  #compare(now: Members): void {
    const before = this.#users;
    this.read(now);
    if (!before || !this.#users) return;
    const joined = [...this.#users].filter((one) => !before.has(one));
    const left = [...before].filter((one) => !this.#users?.has(one));
    if (joined.length || left.length) this.#tell({ joined, left });
  }
}
