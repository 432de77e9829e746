import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const REPOSITORY = resolve(import.meta.dirname, '../../../..');

/** A recipe: its terminals show the program after a reader has followed it. */
export const ADD_AN_ACTION = 'docs/add-an-action.md';

export interface Document {
  /** From the repository's root. */
  path: string;
  text: string;
}

const PLACES = ['.', 'docs', 'client', 'demo', 'examples', 'bench', 'gateway'];

/** Every page that people read. */
export const documents = (): Document[] =>
  PLACES.filter((place) => existsSync(join(REPOSITORY, place)))
    .flatMap((place) => readdirSync(join(REPOSITORY, place)).map((name) => join(place, name)))
    .filter((path) => path.endsWith('.md'))
    .map((path) => ({ path, text: readFileSync(join(REPOSITORY, path), 'utf8') }));

export interface Block {
  /** The nearest heading above it. */
  heading: string;
  /** The text behind the fence. */
  language: string;
  /** Of the fence, from 1. */
  line: number;
  lines: string[];
}

/** The fenced blocks of a page, in order. */
export const blocks = ({ text }: Document): Block[] => {
  const found: Block[] = [];
  let heading = '';
  let open: Block | undefined;
  for (const [index, line] of text.split('\n').entries()) {
    if (open && line.trim() === '```') {
      found.push(open);
      open = undefined;
    } else if (open) open.lines.push(line);
    else if (line.startsWith('#')) heading = line.replace(/^#+ /, '');
    else if (line.startsWith('```'))
      open = { heading, language: line.slice(3).trim(), line: index + 1, lines: [] };
  }
  return found;
};

/** A page without its fenced blocks. */
export const prose = ({ text }: Document): string => text.replaceAll(/^```[\s\S]*?^```$/gm, '');
