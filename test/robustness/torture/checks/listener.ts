import type { Audience, LogItem, LogPosition } from '../client/torture-client.js';
import type { Ledger } from '../simulation/records/ledger.js';

/** Checks what one client shows to its application: every publication once, in order, and nothing else. */
export class Listener implements Audience {
  readonly #last = new Map<string, LogPosition>();

  constructor(
    private readonly client: string,
    private readonly userId: string,
    private readonly ledger: Ledger,
  ) {}

  started(room: string, { epoch, offset }: LogPosition): void {
    const last = this.#last.get(room);
    const isBack = last && (last.epoch > epoch || (last.epoch === epoch && last.offset > offset));
    if (isBack && !this.ledger.haveVanished(room, epoch, offset + 1, last.offset)) {
      this.#violate(`${room} starts at ${epoch}#${offset}, before ${last.epoch}#${last.offset}`);
    }
    this.#last.set(room, { epoch, offset });
  }

  reset(room: string, cursor: LogPosition): void {
    this.ledger.count('resets');
    this.started(room, cursor);
  }

  surfaced(room: string, epoch: string, { offset, id, from, data }: LogItem): void {
    this.ledger.count('surfaced');
    const last = this.#last.get(room);
    const stored = this.ledger.find(room, epoch, offset);
    const what = `${room} ${epoch}#${offset} ${JSON.stringify(data)}`;
    if (last?.epoch !== epoch || last.offset + 1 !== offset) {
      this.#violate(`${what} comes after ${last?.epoch}#${last?.offset}`);
    }
    if (stored?.id !== id || stored.from !== from || stored.data !== JSON.stringify(data)) {
      this.#violate(`${what} is not what was written: ${stored?.data}`);
    }
    if (room.startsWith('@') && room !== `@${this.userId}`) this.#violate(`${what} is for another user`);
    this.#last.set(room, { epoch, offset });
  }

  /** Checks that the client has shown everything it should have. */
  checkAtEnd(rooms: readonly string[]): void {
    for (const room of rooms) {
      const last = this.#last.get(room);
      const head = this.ledger.head(room);
      if (last?.epoch !== head?.epoch || last?.offset !== head?.offset) {
        this.#violate(
          `${room} ends at ${last?.epoch}#${last?.offset}, the log at ${head?.epoch}#${head?.offset}`,
        );
      }
    }
  }

  #violate(text: string): void {
    this.ledger.violate('surfacing', `${this.client} (${this.userId}): ${text}`);
  }
}
