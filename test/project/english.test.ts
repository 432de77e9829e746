import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from '@jest/globals';

const REPOSITORY = resolve(import.meta.dirname, '../..');

/** Files, and folders with everything below them. */
const PLACES = [
  'README.md',
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'docs',
  'client',
  'examples',
  'bench',
  'deploy',
  'scripts',
  'serverless.yml',
  'demo',
  'gateway',
  'protocol',
  'schemas',
  'src',
  'test',
];

const TEXT = /\.(md|ts|js|cjs|mjs|html|css|yml)$/;
const BUILT = /(^|\/)(dist|node_modules)\/|\/previous-release\/.*\.mjs$/;

/** A user is "they", and a sentence begins with its subject. Ids in tests, such as `nobody=`, are not English. */
const UNWANTED =
  /(?<!['@])\b(whoever|whomever|nobody|somebody|he|him|his|himself|those (that|who|which) are)\b(?![=',])/i;

/** Words that make a sentence hard to read. */
const ARCHAIC =
  /\b(for want of|thereby|lest|of its own accord|no other than|that which|nothing but|to be had|as may be|all the same|oneself)\b/i;

/** A comment that begins so has a clause for its subject: begin with a noun or a verb. */
const CLAUSE_FIRST = /(\/\*\*?|\/\/|^\s*\*|^\s*#) (What|Who|Whom|That which) (?!to\b)/;

const filesOf = (place: string): string[] =>
  statSync(join(REPOSITORY, place)).isFile()
    ? [place]
    : readdirSync(join(REPOSITORY, place), { encoding: 'utf8', recursive: true })
        .map((name) => join(place, name))
        .filter((path) => TEXT.test(path) && !BUILT.test(path));

const isUnwanted = (path: string, line: string): boolean =>
  UNWANTED.test(line) || ARCHAIC.test(line) || (!path.endsWith('.md') && CLAUSE_FIRST.test(line));

const unwantedIn = (path: string): string[] =>
  readFileSync(join(REPOSITORY, path), 'utf8')
    .split('\n')
    .flatMap((line, index) => (isUnwanted(path, line) ? [`${path}:${index + 1}: ${line.trim()}`] : []));

it.each(PLACES)('%s is written in plain English', (place) => {
  const files = filesOf(place).filter((path) => join(REPOSITORY, path) !== import.meta.filename);

  expect(files.flatMap(unwantedIn)).toEqual([]);
});
