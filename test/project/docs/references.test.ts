import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { type Document, documents, prose, REPOSITORY } from './support/documents.js';

const LINK = /\]\(([^)\s]+)\)/g;

/** GitHub's anchor of a heading. */
const anchors = (document: Document): string[] =>
  [...prose(document).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );

const all = documents();

const isDead = (from: Document, link: string): boolean => {
  if (/^(https?|wss?|mailto):/.test(link)) return false;
  const [file = '', anchor] = link.split('#');
  const path = file === '' ? from.path : join(dirname(from.path), file);
  if (!existsSync(join(REPOSITORY, path))) return true;
  const target = all.find((document) => document.path === path);
  return anchor !== undefined && target !== undefined && !anchors(target).includes(anchor);
};

describe.each(all)('$path', (document) => {
  it('has no dead links', () => {
    const links = [...prose(document).matchAll(LINK)].map(([, link = '']) => link);

    expect(links.filter((link) => isDead(document, link))).toEqual([]);
  });

  it('names no npm script that package.json lacks', () => {
    const { scripts } = JSON.parse(readFileSync(join(REPOSITORY, 'package.json'), 'utf8'));
    const named = [...document.text.matchAll(/npm run (?:--?\w+ )*([a-z][\w:-]*)/g)].map(
      ([, name = '']) => name,
    );

    expect(named.filter((name) => !Object.hasOwn(scripts, name))).toEqual([]);
  });

  it('names only existing files of the repository', () => {
    const named = [
      ...document.text.matchAll(/`((?:src|test|docs|scripts|deploy|bench)\/[\w./-]+\.(?:ts|md|cjs|json))`/g),
    ].map(([, path = '']) => path);

    expect(named.filter((path) => !existsSync(join(REPOSITORY, path)))).toEqual([]);
  });
});
