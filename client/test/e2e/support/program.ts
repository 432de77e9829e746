import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { resolve } from 'node:path';

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
};

/** The program that `npm start` runs, in a process that can be killed. */
export class Program {
  #child: ChildProcess | undefined;

  private constructor(
    readonly port: number,
    private readonly dataFolder: string,
  ) {}

  static async at(dataFolder: string): Promise<Program> {
    return new Program(await freePort(), dataFolder);
  }

  get url(): string {
    return `ws://localhost:${this.port}/dev`;
  }

  async start(): Promise<void> {
    const settings = { PORT: String(this.port), DATA_FOLDER: this.dataFolder, RATE_LIMIT: 'off' };
    const child = spawn(process.execPath, ['--import', 'tsx', resolve('src/entry/local/main.ts')], {
      env: { PATH: process.env.PATH, ...settings },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.#child = child;
    await new Promise<void>((started, failed) => {
      child.stdout.on('data', (chunk) => String(chunk).includes('listening on') && started());
      child.once('exit', (code) => failed(new Error(`The program ended with ${code}`)));
    });
  }

  /** As a power cut would: nothing is said, saved or closed. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
}
