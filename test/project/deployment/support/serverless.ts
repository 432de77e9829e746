import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Stack } from './stack.js';

const REPOSITORY = resolve(import.meta.dirname, '../../../..');

const OFFLINE = `
const { Socket } = require('node:net');
Socket.prototype.connect = () => {
  process.stderr.write('reached for the network\\n');
  process.exit(97);
};
`;

/**
 * Runs the packager on a copy of the committed files, so that runs do not share a folder: without an account, with an
 * empty home, and killed at its first connection.
 */
export class Serverless {
  readonly folder = mkdtempSync(join(tmpdir(), 'switchboard-package-'));
  readonly output = join(this.folder, 'packaged');

  constructor() {
    for (const path of [
      'package.json',
      'serverless.yml',
      'tsconfig.json',
      'deploy',
      'protocol',
      'schemas',
      'src',
    ])
      cpSync(join(REPOSITORY, path), join(this.folder, path), { recursive: true });
    symlinkSync(join(REPOSITORY, 'node_modules'), join(this.folder, 'node_modules'));
    mkdirSync(join(this.folder, 'home'));
    writeFileSync(join(this.folder, 'offline.cjs'), OFFLINE);
  }

  /** Writes the file of a stage. */
  stage(name: string, text: string): void {
    writeFileSync(join(this.folder, 'deploy/stages', `${name}.yml`), text);
  }

  run(args: string[], environment: Record<string, string> = {}): { status: number | null; text: string } {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [join(REPOSITORY, 'node_modules/serverless/bin/serverless.js'), ...args],
      {
        cwd: this.folder,
        encoding: 'utf8',
        env: {
          PATH: process.env.PATH,
          HOME: join(this.folder, 'home'),
          NODE_OPTIONS: `--require ${join(this.folder, 'offline.cjs')}`,
          ...environment,
        },
      },
    );
    return { status, text: stdout + stderr };
  }

  /** Packages a committed stage. */
  packageStage(stage: string): { stack: Stack; text: string } {
    const { status, text } = this.run(['package', '--stage', stage, '--package', 'packaged']);
    if (status !== 0) throw new Error(text);
    return { stack: new Stack(this.output), text };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
