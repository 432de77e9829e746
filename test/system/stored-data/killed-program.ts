import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Client } from '../e2e/support/client.js';

/** The program that `npm start` runs on a data folder, with its clock set back, until it is killed. */
export class KilledProgram {
  private constructor(
    private readonly child: ChildProcess,
    private readonly url: string,
  ) {}

  static async start(
    folder: string,
    agoMs: number,
    env: Record<string, string> = {},
  ): Promise<KilledProgram> {
    const clock = `data:text/javascript,const now = Date.now; Date.now = () => now() - ${agoMs};`;
    const args = ['--import', 'tsx', '--import', clock, 'src/entry/local/main.ts'];
    const settings = { PATH: process.env.PATH ?? '', PORT: '0', DATA_FOLDER: folder, ...env };
    const child = spawn(process.execPath, args, { env: settings, stdio: ['ignore', 'pipe', 'inherit'] });
    const url = await new Promise<string>((resolve, reject) => {
      let output = '';
      child.stdout.on('data', (chunk) => {
        output += chunk;
        const [found] = /ws:\/\/localhost:\d+\/dev/.exec(output) ?? [];
        if (found) resolve(found);
      });
      child.once('exit', (code) => reject(new Error(`The program ended with ${code}`)));
    });
    return new KilledProgram(child, url);
  }

  async connect(query: string): Promise<Client> {
    return Client.connect(`${this.url}?${query}`);
  }

  /** Its sockets are open, and no `$disconnect` is sent for them. */
  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await once(this.child, 'exit');
  }
}
