import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build, type Format, type Platform } from 'esbuild';
import { parse } from 'yaml';

interface Deployment {
  custom: {
    esbuild: { platform: Platform; format: Format; mainFields: string[]; minify: boolean; exclude: string[] };
  };
}

/** Bundles an entry into one file, as the deployment does, and returns its path. */
export const bundle = async (entry: string, folder: string): Promise<string> => {
  const { custom } = parse(readFileSync('serverless.yml', 'utf8'), { logLevel: 'error' }) as Deployment;
  const { platform, format, mainFields, minify, exclude } = custom.esbuild;
  const outfile = join(folder, `${basename(entry, '.ts')}.cjs`);
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    target: `node${process.versions.node.split('.')[0]}`,
    logLevel: 'error',
    external: exclude,
    ...{ platform, format, mainFields, minify },
  });
  return outfile;
};
