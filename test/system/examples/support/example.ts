import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

const PATIENCE_MS = 60_000;

/** A program of `examples/` that runs. */
export class ExampleProgram {
  static readonly #running = new Set<ExampleProgram>();

  /** Cleans up after a failed test. */
  static async stopAll(): Promise<void> {
    await Promise.all([...ExampleProgram.#running].map((example) => example.stop()));
  }

  output = '';
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown>;

  constructor(file: string, ...args: string[]) {
    this.#child = spawn(process.execPath, ['--import', 'tsx', `examples/${file}`, ...args]);
    this.#ended = once(this.#child, 'close');
    ExampleProgram.#running.add(this);
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream?.on('data', (chunk) => {
        this.output += chunk;
      });
  }

  get lines(): string[] {
    return this.output.trim().split('\n');
  }

  async prints(pattern: RegExp): Promise<void> {
    const late = Date.now() + PATIENCE_MS;
    while (!pattern.test(this.output)) {
      if (Date.now() > late) throw new Error(`${pattern} did not come:\n${this.output}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** As Ctrl-C does; resolves with the exit code. */
  async stop(): Promise<number | null> {
    this.#child.kill('SIGINT');
    return this.end();
  }

  async end(): Promise<number | null> {
    await this.#ended;
    ExampleProgram.#running.delete(this);
    return this.#child.exitCode;
  }
}
