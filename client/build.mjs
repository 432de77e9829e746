// Builds the package: one module for `import`, one for `require`, their source maps, and the declarations of both.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runInNewContext } from 'node:vm';
import { build } from 'esbuild';
import { minify } from 'terser';

const HERE = dirname(fileURLToPath(import.meta.url));
const DIST = join(HERE, 'dist');
const TYPES = join(DIST, 'types');
const ENTRIES = ['client/src/switchboard-client.d.ts', 'client/src/react.d.ts'];

/** The declarations that the entry's declarations need; internal ones are not part of the package. */
const reachable = (file, found = new Set()) => {
  if (found.has(file)) return found;
  found.add(file);
  const text = readFileSync(join(TYPES, file), 'utf8');
  for (const [, specifier] of text.matchAll(/from '(\.[^']+)\.js'/g))
    reachable(`${normalize(join(dirname(file), specifier))}.d.ts`, found);
  return found;
};

const COMMENTS_AND_TEXTS = /\/\*[\s\S]*?\*\/|\/\/.*|'[^'\n]*'/g;

const words = (text) => text.replace(COMMENTS_AND_TEXTS, '').match(/[A-Za-z_]\w*/g) ?? [];

const wordsIn = (...path) => words(readFileSync(join(...path), 'utf8'));

/** Every property name of the language's own values, without the platform's, except names that nothing here uses. */
const NAMES_OF_THE_LANGUAGE = `
  delete globalThis.Atomics;
  delete String.prototype.link;
  const names = new Set();
  const seen = new Set();
  const visit = (value) => {
    if (Object(value) !== value || seen.has(value)) return;
    seen.add(value);
    for (const [name, { get, set, value: own }] of Object.entries(Object.getOwnPropertyDescriptors(value))) {
      names.add(name);
      [get, set, own].forEach(visit);
    }
    visit(Object.getPrototypeOf(value));
  };
  [globalThis, (async function* () {})(), (function* () {})()].forEach(visit);
  [...names];
`;

/**
 * Names that must stay: the package's own, the wire's, the language's, and the platform's that are used. The library
 * compiles without the types of any platform, so it declares all of these itself.
 */
const publicNames = (declarations) => {
  const protocol = join(HERE, '../protocol');
  const names = new Set([
    ...runInNewContext(NAMES_OF_THE_LANGUAGE),
    ...declarations.flatMap((file) => wordsIn(TYPES, file)),
    ...readdirSync(protocol).flatMap((file) => wordsIn(protocol, file)),
    ...wordsIn(HERE, 'src/options/platform.ts'),
  ]);
  // Only in the types of the protocol.
  names.delete('reply');
  return names;
};

const write = async (folder, format, names) => {
  const outfile = join(folder, 'switchboard-client.js');
  const { outputFiles } = await build({
    entryPoints: [join(HERE, 'src/switchboard-client.ts')],
    bundle: true,
    format,
    target: 'es2022',
    minify: true,
    sourcemap: true,
    outfile,
    write: false,
  });
  const [map, code] = outputFiles.map(({ text }) => text);
  // Minified twice: esbuild folds expressions that terser does not, and terser inlines more and shortens internal names.
  const minified = await minify(code, {
    module: true,
    ecma: 2020,
    compress: {
      passes: 4,
      hoist_funs: true,
      unsafe_arrows: true,
      pure_getters: true,
      // Templates become sums, `new Error` loses its `new`: no symbol is ever made part of a text.
      unsafe: true,
      lhs_constants: false,
      keep_fargs: false,
    },
    mangle: { properties: { reserved: [...names], builtins: true, keep_quoted: true } },
    sourceMap: { content: map, url: 'switchboard-client.js.map', includeSources: true },
  });
  mkdirSync(folder, { recursive: true });
  writeFileSync(outfile, `${minified.code}\n`);
  writeFileSync(`${outfile}.map`, minified.map);

  // Beside it, and on top of it: a page that does not use React loads nothing of this.
  await build({
    entryPoints: [join(HERE, 'src/react.ts')],
    bundle: true,
    format,
    target: 'es2022',
    minify: true,
    sourcemap: true,
    external: ['react', './switchboard-client.js'],
    outfile: join(folder, 'react.js'),
  });
};

rmSync(DIST, { recursive: true, force: true });
execFileSync('tsc', ['-p', HERE, '--emitDeclarationOnly'], { stdio: 'inherit' });
const declarations = new Set(ENTRIES.flatMap((entry) => [...reachable(entry)]));
for (const entry of readdirSync(TYPES, { recursive: true, withFileTypes: true })) {
  const path = join(entry.parentPath, entry.name);
  if (entry.isFile() && !declarations.has(relative(TYPES, path))) rmSync(path);
}
const names = publicNames([...declarations]);
await write(DIST, 'esm', names);

// This folder declares itself CommonJS, so the same declarations serve both kinds.
const CJS = join(DIST, 'cjs');
await write(CJS, 'cjs', names);
cpSync(TYPES, join(CJS, 'types'), { recursive: true });
writeFileSync(join(CJS, 'package.json'), '{ "type": "commonjs" }\n');
