import type { ShownState } from '../simulation/records/states-and-signals.js';

export interface Stated {
  states?: readonly ShownState[];
}

/** The states that one user sets: in each room, the counter is higher than those of the user's other devices. */
export class OwnStates {
  readonly #highest = new Map<string, number>();

  constructor(
    private readonly userId: string,
    private readonly perform: <Reply>(action: string, fields: object) => Promise<Reply>,
  ) {}

  async set(room: string, state: unknown): Promise<void> {
    const counter = (this.#highest.get(room) ?? 0) + 1;
    this.#highest.set(room, counter);
    await this.perform('state', { room, state, counter });
  }

  async members(room: string): Promise<{ users: string[]; states: readonly ShownState[] }> {
    const list = await this.perform<{ members: string[] } & Stated>('presence', { room });
    return { users: list.members, states: list.states ?? [] };
  }

  saw(room: string, { states = [] }: Stated): void {
    const own = states.find(({ user }) => user === this.userId);
    if (own) this.#highest.set(room, Math.max(this.#highest.get(room) ?? 0, own.counter));
  }
}
