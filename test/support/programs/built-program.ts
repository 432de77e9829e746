import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll } from '@jest/globals';
import { build, type Plugin } from 'esbuild';

const REPOSITORY = resolve(import.meta.dirname, '../../..');

/**
 * A TypeScript program of the repository as one file: it starts in a third of the time that tsx needs. To be created at the
 * top of a test file or of a `describe`.
 */
export class BuiltProgram {
  #folder = '';

  /** `source`: its path from the root of the repository. */
  constructor(private readonly source: string) {
    beforeAll(() => this.#build());
    afterAll(() => rmSync(this.#folder, { recursive: true, force: true }));
  }

  /** The file that Node runs. */
  get file(): string {
    return join(this.#folder, 'program.mjs');
  }

  async #build(): Promise<void> {
    // Not in the repository: a test process that is killed leaves it.
    this.#folder = mkdtempSync(join(tmpdir(), 'switchboard-program-'));
    // What is not in the bundle is found here.
    symlinkSync(join(REPOSITORY, 'node_modules'), join(this.#folder, 'node_modules'), 'junction');
    await build({
      entryPoints: [join(REPOSITORY, this.source)],
      outfile: this.file,
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node20',
      packages: 'external',
      plugins: [inPlace],
      logLevel: 'warning',
    });
  }
}

/** Files beside the sources are found from the sources. */
const inPlace: Plugin = {
  name: 'in-place',
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      const contents = text
        .replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path)))
        .replaceAll('import.meta.dirname', JSON.stringify(dirname(path)));
      return { contents, loader: 'ts' };
    });
  },
};
