import type { Block } from './documents.js';

/** A block of a page that changes one file: `+` marks a new line, `-` a removed line, a blank an unchanged line. */
export interface RecipeChange {
  path: string;
  lines: readonly string[];
}

export const changesIn = (blocks: readonly Block[]): RecipeChange[] =>
  blocks
    .filter(({ language }) => language === 'diff')
    .map(({ lines: [first = '', ...lines] }) => ({ path: first.replace(/^--- /, ''), lines }));

/**
 * The file with the new lines, each behind the line of the page before it.
 *
 * @throws Error when the file does not have the lines that the page says it has
 */
export const apply = ({ path, lines }: RecipeChange, text: string): string => {
  const file = text.split('\n');
  let at = 0;
  for (const line of lines) {
    const content = line.slice(1);
    if (line.startsWith('+')) {
      file.splice(at, 0, content);
    } else {
      const found = file.indexOf(content, at);
      if (found < 0) throw new Error(`${path} has no line "${content}" (any more)`);
      at = found;
      if (line.startsWith('-')) {
        file.splice(at, 1);
        continue;
      }
    }
    at += 1;
  }
  return file.join('\n');
};
