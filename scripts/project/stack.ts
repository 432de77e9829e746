import { existsSync, readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { answerHelp } from '../../src/entry/local/answer-help.js';
import { parseCommandLine } from '../support/parse-command-line.js';
import { readArguments } from '../support/read-arguments.js';

const USAGE = 'Usage: npm run --silent stack [-- --maps folder] < trace.txt';
answerHelp(
  USAGE,
  `Prints the text with the places in bundles replaced by lines of the source. \`npm run package\` writes the maps.`,
);

/** `/var/task/src/entry/lambda/router.js:12:3456`, in a stack or in the JSON of a log line. */
const PLACE = /[^\s("]*src\/entry\/lambda\/(?:mysql\/)?([\w-]+\.js):(\d+):(\d+)/g;

const fail = (message: string): never => {
  console.error(message);
  process.exit(1);
};

const { maps: folder } = readArguments(
  USAGE,
  () => parseCommandLine({ options: { maps: { type: 'string', default: '.serverless' } } }).values,
);
const maps = new Map<string, SourceMap>();

const mapOf = (bundle: string): SourceMap => {
  const known = maps.get(bundle);
  if (known) return known;
  const path = join(folder, `${bundle}.map`);
  if (!existsSync(path))
    fail(`There is no ${path}. Check out the deployed commit and run: npm ci && npm run package`);
  const map = new SourceMap(JSON.parse(readFileSync(path, 'utf8')));
  maps.set(bundle, map);
  return map;
};

const original = (place: string, bundle: string, line: string, column: string): string => {
  // A stack counts columns from 1, a map lines and columns from 0.
  const entry = mapOf(bundle).findEntry(Number(line) - 1, Number(column) - 1);
  if (!('originalSource' in entry)) return place;
  return `${entry.originalSource.replace(/^(\.\.\/)+/, '')}:${entry.originalLine + 1}:${entry.originalColumn + 1}`;
};

process.stdout.write((await text(process.stdin)).replaceAll(PLACE, original));
