import { basename, join } from 'node:path';
import { build } from 'esbuild';
import { readDeployment } from '../deployment.js';

/** Bundles an entry into one file, as the deployment does, and returns its path. */
export const bundle = async (entry: string, folder: string): Promise<string> => {
  const { platform, format, mainFields, minify, exclude } = readDeployment().custom.esbuild;
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
