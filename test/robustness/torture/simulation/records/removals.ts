/** The users that operators took out of rooms. */
export class Removals {
  readonly #underWay = new Map<string, number>();
  readonly #endedAt = new Map<string, number>();

  begins(userId: string, room: string): void {
    this.#count(userId, room, 1);
  }

  ends(userId: string, room: string, now: number): void {
    this.#count(userId, room, -1);
    this.#endedAt.set(`${userId} ${room}`, now);
  }

  /** Whether a membership that was written since then may have been removed again. */
  mayUndo(userId: string, room: string, since: number): boolean {
    const name = `${userId} ${room}`;
    const endedAt = this.#endedAt.get(name) ?? Number.NEGATIVE_INFINITY;
    return (this.#underWay.get(name) ?? 0) > 0 || endedAt >= since;
  }

  #count(userId: string, room: string, by: number): void {
    const name = `${userId} ${room}`;
    this.#underWay.set(name, (this.#underWay.get(name) ?? 0) + by);
  }
}
