import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { BuiltProgram } from '../../../support/programs/built-program.js';
import { Client } from './client.js';

export const REPOSITORY = resolve(import.meta.dirname, '../../../..');
const MAIN = 'src/entry/local/main.ts';
/** An absolute address, because the program starts in another folder. */
const FROM_SOURCE = ['--import', import.meta.resolve('tsx'), join(REPOSITORY, MAIN)];

export interface ProgramOptions {
  args?: string[];
  env?: Record<string, string>;
  folder?: string;
  /** The largest file that the program may write, in the shell's blocks. */
  fileBlocks?: number;
  /** As `npm start` does, not from one bundled file. */
  fromSource?: boolean;
  /** The redirection of the output that a shell appends to the program. */
  pipe?: string;
}

/** A child process, its output, and its end. */
export class Program {
  output = '';
  errors = '';
  readonly ended: Promise<number | NodeJS.Signals>;
  #waiting = new Set<() => void>();

  constructor(readonly child: ChildProcess) {
    const heard = () => {
      for (const look of this.#waiting) look();
    };
    child.stdout?.on('data', (data) => {
      this.output += data;
      heard();
    });
    child.stderr?.on('data', (data) => {
      this.errors += data;
      heard();
    });
    this.ended = once(child, 'close').then(([status, signal]) => status ?? signal);
  }

  /** Resolves when the output has it. */
  async prints(wanted: string | RegExp): Promise<string> {
    return new Promise((resolvePrinted, reject) => {
      const look = () => {
        if (!this.output.match(wanted)) return;
        this.#waiting.delete(look);
        resolvePrinted(this.output);
      };
      this.#waiting.add(look);
      void this.ended.then((end) => reject(new Error(`It ended with ${end}: ${this.errors}${this.output}`)));
      look();
    });
  }

  /** The pino lines so far, parsed. */
  get events(): Record<string, unknown>[] {
    const lines = this.output.split('\n').filter((line) => line.startsWith('{"level"'));
    return lines.map((line) => JSON.parse(line));
  }

  type(line: string): void {
    this.child.stdin?.write(`${line}\n`);
  }

  async end(signal: NodeJS.Signals = 'SIGKILL'): Promise<number | NodeJS.Signals> {
    this.child.kill(signal);
    return this.ended;
  }
}

/**
 * The program that `npm start` runs, in a folder of its own, and on a free port unless told otherwise. To be created at the
 * top of a test file or of a `describe`.
 */
export class Programs {
  readonly #built = new BuiltProgram(MAIN);
  readonly #started: Program[] = [];
  readonly #folders: string[] = [];
  readonly #clients: Client[] = [];

  folder(): string {
    const folder = mkdtempSync(join(tmpdir(), 'switchboard-'));
    this.#folders.push(folder);
    return folder;
  }

  start(options: ProgramOptions = {}): Program {
    const { args = [], env = {}, folder = this.folder(), fromSource = false, fileBlocks, pipe } = options;
    const main = fromSource ? FROM_SOURCE : [this.#built.file];
    const set = { PATH: process.env.PATH, HOME: folder, PORT: '0', ...env };
    const limit = fileBlocks === undefined ? '' : `ulimit -S -f ${fileBlocks}; `;
    const run = pipe === undefined ? 'exec "$0" "$@"' : `"$0" "$@" ${pipe}`;
    const command = ['-c', `${limit}${run}`, process.execPath, ...main, ...args];
    return this.run('sh', command, { cwd: folder, env: set });
  }

  run(command: string, args: string[], options: { cwd?: string; env?: NodeJS.ProcessEnv } = {}): Program {
    const program = new Program(spawn(command, args, { stdio: 'pipe', ...options }));
    this.#started.push(program);
    return program;
  }

  async listening(options: ProgramOptions = {}): Promise<{ program: Program; url: string }> {
    const program = this.start(options);
    const [, url = ''] = (await program.prints(/listening on \S+\n/)).match(/listening on (\S+)/) ?? [];
    return { program, url };
  }

  async connect(url: string, userId: string): Promise<Client> {
    const client = await Client.connect(`${url}?userId=${encodeURIComponent(userId)}`);
    this.#clients.push(client);
    return client;
  }

  async cleanUp(): Promise<void> {
    for (const { socket } of this.#clients) socket.terminate();
    await Promise.all(this.#started.map((program) => program.end()));
    for (const folder of this.#folders) rmSync(folder, { recursive: true, force: true });
  }
}
