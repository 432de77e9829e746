/** The space for items in a reply: bytes, and the time until its signal aborts. Full at the first item that does not fit. */
export class FrameSpace {
  #full = false;

  constructor(
    private bytes: number,
    readonly signal?: AbortSignal,
  ) {}

  get left(): number {
    return this.bytes;
  }

  get isFull(): boolean {
    return this.#full;
  }

  take(bytes: number): boolean {
    if (bytes > this.bytes) this.#full = true;
    if (this.#full) return false;
    this.bytes -= bytes;
    return true;
  }

  giveBack(bytes: number): void {
    this.bytes += bytes;
  }
}
