import type { Call, Wave } from './calls.js';

/** Writes down the calls of a frame and which of them overlap. */
export class Recording {
  #waves: Wave[] = [];
  #ended = true;

  /** A call that begins after another has ended may have waited for it. */
  during<T>(call: Call, run: () => Promise<T>): Promise<T> {
    if (this.#ended) this.#waves.push([]);
    this.#ended = false;
    this.#waves.at(-1)?.push(call);
    const running = run();
    const end = () => {
      this.#ended = true;
    };
    running.then(end, end);
    return running;
  }

  /** The calls since the last question. */
  take(): Wave[] {
    const waves = this.#waves;
    this.#waves = [];
    this.#ended = true;
    return waves;
  }
}
