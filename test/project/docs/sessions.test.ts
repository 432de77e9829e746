import { describe, expect, it } from '@jest/globals';
import { ADD_AN_ACTION, type Block, blocks, documents } from './support/documents.js';
import { play } from './support/play.js';
import { parseSession } from './support/session.js';

const isTerminal = ({ language, lines }: Block): boolean =>
  language === 'console' && lines.some((line) => line.includes('wscat'));

describe.each(documents().filter(({ path }) => path !== ADD_AN_ACTION))('$path', (document) => {
  const sessions = blocks(document).filter(({ language }) => language === 'session');
  const terminals = blocks(document).filter(isTerminal);

  for (const { line, heading, lines } of sessions) {
    it(`shows a real conversation in line ${line}, "${heading}"`, async () => {
      await play([parseSession(lines)]);
    });
  }

  for (const heading of new Set(terminals.map((block) => block.heading))) {
    it(`shows the real output of terminals below "${heading}"`, async () => {
      const sideBySide = terminals.filter((block) => block.heading === heading);

      await play(sideBySide.map(({ lines }) => parseSession(lines)));
    });
  }

  it('marks every conversation, so that all are checked', () => {
    const unmarked = blocks(document).filter(
      ({ language, lines }) =>
        !['session', 'console'].includes(language) && lines.some((line) => /^(\w+ +)?[<>] \{/.test(line)),
    );

    expect(unmarked).toEqual([]);
  });
});
