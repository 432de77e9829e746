import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { promisify } from 'node:util';

export const PACKAGE = resolve('client');

export const run = async (cwd: string, command: string, ...args: string[]): Promise<string> => {
  const { stdout } = await promisify(execFile)(command, args, { cwd }).catch((error) => {
    throw new Error(`${command} ${args.join(' ')}\n${error.stdout}\n${error.stderr}`);
  });
  return stdout;
};

/** A project that has installed the package, as its README says: packing builds it. */
export const otherProject = async (): Promise<string> => {
  const project = await mkdtemp(join(tmpdir(), 'switchboard-client-'));
  await writeFile(join(project, 'package.json'), '{ "private": true, "type": "module" }');
  const readme = await readFile(join(PACKAGE, 'README.md'), 'utf8');
  const [, folder = ''] = /^npm pack (\S+)/m.exec(readme) ?? [];
  const [, archive = ''] = /^npm install (\S+\.tgz)/m.exec(readme) ?? [];
  await rm(join(PACKAGE, 'dist'), { recursive: true, force: true });
  await run(resolve('.'), 'npm', 'pack', folder, '--silent', '--pack-destination', project);
  const flags = ['--offline', '--no-audit', '--no-fund', '--silent'];
  await run(project, 'npm', 'install', ...flags, `./${basename(archive)}`);
  return project;
};

/** Without DOM and Node, and with the declarations checked like its own code. */
export const tsconfig = (resolution: object, file: string) => ({
  compilerOptions: {
    target: 'ES2022',
    lib: ['ES2022'],
    ...resolution,
    strict: true,
    noEmit: true,
    types: [],
    skipLibCheck: false,
  },
  files: [file, 'globals.d.ts'],
});
