import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import { parse } from 'yaml';

const FUNCTIONS = 'functions';
const CLIENT = 'client';

/** A release's code as modules in `folder`: its functions by their names in `serverless.yml`, and the client library. */
export const bundleRelease = async (repository: string, folder: string, packages: 'bundle' | 'external') => {
  const shared: BuildOptions = { bundle: true, minify: true, legalComments: 'none', logLevel: 'warning' };
  const file = (name: string, extension: string) => join(folder, `${name}.${extension}`);
  await build({
    ...shared,
    stdin: { contents: handlersOf(repository), resolveDir: repository, loader: 'ts' },
    platform: 'node',
    target: 'node20',
    packages,
    // Bundled packages call `require`, which no module has.
    ...(packages === 'bundle'
      ? { format: 'cjs', outfile: file(FUNCTIONS, 'cjs'), mainFields: ['module', 'main'] }
      : { format: 'esm', outfile: file(FUNCTIONS, 'mjs') }),
  });
  await build({
    ...shared,
    entryPoints: [join(repository, 'client/src/switchboard-client.ts')],
    format: 'esm',
    target: 'es2022',
    outfile: file(CLIENT, 'mjs'),
  });
};

const handlersOf = (repository: string): string => {
  const text = readFileSync(join(repository, 'serverless.yml'), 'utf8');
  const { functions } = parse(text, { logLevel: 'silent' }) as {
    functions: Record<string, { handler: string }>;
  };
  return Object.entries(functions)
    .map(([name, { handler }]) => {
      const [, path, exported] = /^(.+)\.(\w+)$/.exec(handler) ?? [];
      return `export { ${exported} as ${name} } from './${path}.js';`;
    })
    .join('\n');
};
