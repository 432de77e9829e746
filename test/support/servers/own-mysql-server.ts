import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, it, jest } from '@jest/globals';
import { createConnection } from 'mysql2/promise';

// Making a server takes long on a busy machine.
jest.setTimeout(120_000);

/** A MariaDB server that a test may stop, kill and configure. */
export class OwnMySqlServer {
  #child: ChildProcess | undefined;
  #port = 0;

  private constructor(private readonly folder: string) {}

  static async start(...options: string[]): Promise<OwnMySqlServer> {
    const server = new OwnMySqlServer(mkdtempSync(join(tmpdir(), 'switchboard-mysql-')));
    const made = spawnSync(
      'mariadb-install-db',
      [
        '--no-defaults',
        `--datadir=${server.#data}`,
        `--user=${userInfo().username}`,
        '--auth-root-authentication-method=normal',
        '--skip-test-db',
      ],
      { encoding: 'utf8' },
    );
    if (made.status !== 0) throw new Error(made.stderr + made.stdout);
    server.#port = await freePort();
    await server.run(...options);
    return server;
  }

  /** The URL of the server, without a database: `TestMySql` makes those. */
  get url(): string {
    return `mysql://root@127.0.0.1:${this.#port}/none`;
  }

  get port(): number {
    return this.#port;
  }

  async run(...options: string[]): Promise<void> {
    this.#child = spawn(
      'mariadbd',
      [
        '--no-defaults',
        `--datadir=${this.#data}`,
        `--user=${userInfo().username}`,
        '--bind-address=127.0.0.1',
        `--port=${this.#port}`,
        `--socket=${join(this.folder, 'socket')}`,
        `--pid-file=${join(this.folder, 'pid')}`,
        '--innodb-buffer-pool-size=32M',
        '--innodb-log-file-size=8M',
        ...options,
      ],
      { stdio: 'ignore' },
    );
    while (!(await this.#answers())) {
      if (this.#child.exitCode !== null) throw new Error(`mariadbd ended with ${this.#child.exitCode}`);
      await sleep(50);
    }
  }

  /** One statement of the administrator. */
  async do(sql: string): Promise<void> {
    const admin = await createConnection({ host: '127.0.0.1', port: this.#port, user: 'root' });
    try {
      await admin.query(sql);
    } finally {
      admin.destroy();
    }
  }

  /** Freezes the server, which keeps its sockets. Its threads may answer until the last one has stopped. */
  async freeze(): Promise<void> {
    const { pid } = this.#child as ChildProcess;
    process.kill(pid as number, 'SIGSTOP');
    const states = () =>
      spawnSync('ps', ['-L', '-o', 'state=', '-p', String(pid)], { encoding: 'utf8' }).stdout;
    while (!/^(T\s+)+$/.test(states())) await sleep(20);
  }

  continue(): void {
    this.#child?.kill('SIGCONT');
  }

  async end(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.kill(signal);
    await once(child, 'exit');
  }

  async remove(): Promise<void> {
    await this.end('SIGKILL');
    rmSync(this.folder, { recursive: true, force: true });
  }

  get #data(): string {
    return join(this.folder, 'data');
  }

  async #answers(): Promise<boolean> {
    return this.do('SELECT 1').then(
      () => true,
      () => false,
    );
  }
}

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
};

/** Without `mariadbd`, one skipped test says so. */
export const describeOnOwnMySql = (
  name: string,
  suites: (server: () => OwnMySqlServer) => void,
  ...options: string[]
): void => {
  if (spawnSync('mariadbd', ['--version']).status !== 0) {
    it.skip(`${name}: skipped, since there is no mariadbd to start`, () => {});
    return;
  }
  describe(name, () => {
    let server: OwnMySqlServer;
    beforeAll(async () => {
      server = await OwnMySqlServer.start(...options);
    });
    afterAll(() => server.remove());
    suites(() => server);
  });
};
