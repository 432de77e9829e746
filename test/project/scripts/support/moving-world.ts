import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach } from '@jest/globals';
import { exportLines } from '../../../../scripts/storage/move/export-lines.js';
import type { Line } from '../../../../scripts/storage/move/move-file.js';
import { type Switchboard, startSwitchboard } from '../../../../src/entry/local/start.js';
import type { TestMySql } from '../../../support/servers/test-mysql.js';
import { Client } from '../../../system/e2e/support/client.js';
import { type MovableStore, movableDynamoDB, movableMySql } from './movable-store.js';

export const DIRECTIONS = [
  ['DynamoDB', 'MySQL'],
  ['MySQL', 'DynamoDB'],
] as const;

/** Stores between which rooms move, and programs on them. To be created at the top of a `describe`. */
export class MovingWorld {
  readonly #folder = mkdtempSync(join(tmpdir(), 'switchboard-moving-'));
  readonly #stores: MovableStore[] = [];
  readonly #programs: Switchboard[] = [];
  readonly #clients: Client[] = [];

  constructor(private readonly mysql: TestMySql) {
    afterEach(async () => {
      for (const { socket } of this.#clients.splice(0)) socket.terminate();
      for (const program of this.#programs.splice(0)) await program.stop();
      for (const store of this.#stores.splice(0)) await store.stop();
    });
    afterAll(() => rmSync(this.#folder, { recursive: true }));
  }

  async store(kind: 'DynamoDB' | 'MySQL'): Promise<MovableStore> {
    const made = await (kind === 'MySQL' ? movableMySql(this.mysql) : movableDynamoDB());
    this.#stores.push(made);
    return made;
  }

  /** Resolves to what connects a client to the program. */
  async start({ env }: MovableStore): Promise<(userId: string) => Promise<Client>> {
    const program = await startSwitchboard({
      port: 0,
      memory: false,
      dataFolder: 'unused',
      frameTimeoutMs: 26_000,
      env: { LOG_LEVEL: 'silent', RATE_LIMIT: 'off', ...env },
      gateway: { limits: { closeMs: 200 } },
    });
    this.#programs.push(program);
    return async (userId) => {
      const client = await Client.connect(
        `${program.gateway.url.replace('localhost', '127.0.0.1')}?userId=${userId}`,
      );
      this.#clients.push(client);
      return client;
    };
  }

  async exported({ source }: MovableStore): Promise<Line[]> {
    const lines: Line[] = [];
    for await (const line of exportLines(source)) lines.push(line);
    return lines;
  }

  /** Resolves to the path of a file with these lines. */
  write(name: string, lines: readonly unknown[]): string {
    const path = join(this.#folder, name);
    writeFileSync(path, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    return path;
  }
}
