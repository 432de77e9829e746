import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

/** The local program in a process of its own, and all that it writes. */
export class Program {
  output = '';
  readonly #exited: Promise<unknown>;

  private constructor(private readonly process: ChildProcess) {
    const keep = (chunk: Buffer) => {
      this.output += chunk.toString();
    };
    process.stdout?.on('data', keep);
    process.stderr?.on('data', keep);
    this.#exited = once(process, 'exit');
  }

  static async start(env: Record<string, string>, args: string[] = []): Promise<Program> {
    const { PATH = '', HOME = '' } = process.env;
    const child = spawn(process.execPath, ['--import', 'tsx', 'src/entry/local/main.ts', ...args], {
      env: { PATH, HOME, PORT: '0', ...env },
    });
    const program = new Program(child);
    await program.until(() => program.output.includes('is listening on') || child.exitCode !== null);
    if (child.exitCode !== null) throw new Error(program.output);
    return program;
  }

  /** What a client connects to. */
  get url(): string {
    const [, url = ''] = /listening on (\S+)/.exec(this.output) ?? [];
    return url.replace('localhost', '127.0.0.1');
  }

  /** The pino lines so far, parsed. */
  get events(): Record<string, unknown>[] {
    const lines = this.output.split('\n').filter((line) => line.startsWith('{"level"'));
    return lines.map((line) => JSON.parse(line));
  }

  async until(holds: () => boolean): Promise<void> {
    while (!holds()) await new Promise((resolve) => setTimeout(resolve, 10));
  }

  async stop(): Promise<void> {
    this.process.kill('SIGTERM');
    await this.#exited;
  }
}
