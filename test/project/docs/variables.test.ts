import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { documents, REPOSITORY } from './support/documents.js';

/** Variables of other programs or of tests: pages may name them, but `src` does not read them. */
const FOREIGN = /^(AWS_[A-Z_]+|NO_COLOR|GET_LOCK|NO_BACKSLASH_ESCAPES|DISCONNECT_AFTER_ABORT)$/;

const VARIABLE =
  /`([A-Z][A-Z0-9]*_[A-Z0-9_]+|HOST|PORT|STAGE|STORE)(?:=[^`]*)?`|\b([A-Z][A-Z0-9]*_[A-Z0-9_]+|HOST|PORT|STORE)=\S+/g;

const inCode = (): string[] => {
  const settings = readFileSync(join(REPOSITORY, 'src/entry/settings.ts'), 'utf8');
  const local = readFileSync(join(REPOSITORY, 'src/entry/local/settings/local-settings.ts'), 'utf8');
  return [
    ...[...settings.matchAll(/^ {2}([A-Z][A-Z_]+):/gm)].map(([, name = '']) => name),
    ...[...local.matchAll(/\benv\.([A-Z_]+)/g)].map(([, name = '']) => name),
  ];
};

/** Variables that a repository on GitHub sets for its deployments. */
const inWorkflow = (): string[] => {
  const workflow = readFileSync(join(REPOSITORY, '.github/workflows/deploy.yml'), 'utf8');
  return [...workflow.matchAll(/\b(?:vars|secrets)\.([A-Z_]+)/g)].map(([, name = '']) => name);
};

const inPages = (): string[] =>
  documents().flatMap(({ text }) =>
    [...text.matchAll(VARIABLE)].map(([, quoted, assigned]) => quoted ?? assigned ?? ''),
  );

it('every variable that a page names is read by the code', () => {
  const known = new Set([...inCode(), ...inWorkflow()]);

  expect(inPages().filter((name) => !known.has(name) && !FOREIGN.test(name))).toEqual([]);
});

it('every variable that the code reads is on a page', () => {
  const named = new Set(inPages());

  expect(inCode().filter((name) => !named.has(name))).toEqual([]);
});
