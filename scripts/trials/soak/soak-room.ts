import { setTimeout as sleep } from 'node:timers/promises';
import { SoakMember } from './soak-member.js';

const PATIENCE_MS = 60_000;

export interface RoomOutcome {
  published: number;
  /** Publications that were acked but are not in the history, or share an offset. */
  lost: number;
  /** Pushes that had not arrived a minute after the end; the history has these messages. */
  late: number;
  doubled: number;
  failed: number;
}

/** A room whose members take turns to publish. */
export class SoakRoom {
  #turn = 0;

  private constructor(private readonly members: readonly SoakMember[]) {}

  static async open(url: string, name: string, size: number): Promise<SoakRoom> {
    const members: SoakMember[] = [];
    for (let index = 0; index < size; index += 1)
      members.push(await SoakMember.join(`${url}?userId=${name}-${index}`, name));
    return new SoakRoom(members);
  }

  /** Returns false if the member whose turn it is still waits for an answer. */
  publish(): boolean {
    this.#turn += 1;
    return this.members[this.#turn % this.members.length]?.publish() ?? false;
  }

  takeLatencies(): number[] {
    return this.members.flatMap((member) => member.takeLatencies());
  }

  /** The codes of refused publications. */
  get codes(): string[] {
    return this.members.flatMap(({ codes }) => codes);
  }

  async end(): Promise<RoomOutcome> {
    const deadline = Date.now() + PATIENCE_MS;
    while (this.members.some(({ waiting }) => waiting > 0) && Date.now() < deadline) await sleep(50);
    const acked = this.members.flatMap((member) => member.acked);
    while (this.members.some(({ received }) => received.size < acked.length) && Date.now() < deadline)
      await sleep(50);

    const history = await this.members[0]?.readHistory();
    const kept = new Set(acked.filter((offset) => history?.has(offset)));
    const sum = (of: (member: SoakMember) => number) =>
      this.members.reduce((total, member) => total + of(member), 0);
    const outcome = {
      published: acked.length,
      lost: acked.length - kept.size,
      late: sum(({ received }) => acked.filter((offset) => !received.has(offset)).length),
      doubled: sum(({ doubled }) => doubled),
      failed: sum(({ codes, waiting }) => codes.length + waiting),
    };
    for (const member of this.members) member.close();
    return outcome;
  }
}
