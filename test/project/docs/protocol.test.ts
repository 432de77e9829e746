import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { ERRORS } from '../../../protocol/errors.js';
import { frames } from '../../../schemas/frames.js';
import { REPOSITORY } from './support/documents.js';

const text = readFileSync(join(REPOSITORY, 'docs/protocol.md'), 'utf8');

/** The rows of the table below a heading, without their first cell's backticks. */
const rows = (heading: string, header: string): string[][] => {
  const section = text.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  const table = section.slice(section.indexOf(header)).split('\n\n')[0] ?? '';
  return table
    .split('\n')
    .slice(2)
    .map((row) => row.split(' | ').map((cell) => cell.replaceAll(/^\| | \|$/g, '').trim()));
};

it('lists every error with its text, and whether to try again', () => {
  const documented = rows('Errors', '| code |').map(([code, message, retryable]) => [
    code?.replaceAll('`', ''),
    message,
    retryable,
  ]);
  const real = Object.entries(ERRORS).map(([code, { text, retryable }]) => [
    code,
    text,
    retryable ? 'yes' : 'no',
  ]);

  expect(documented).toEqual(real);
});

it('lists every action', () => {
  const documented = rows('Actions', '| action |').map(([action]) => /`(\w+)`/.exec(action ?? '')?.[1]);

  expect(documented.sort()).toEqual(Object.keys(frames).sort());
});

it('has a conversation for every action', () => {
  const said = new Set([...text.matchAll(/> \{"action":"(\w+)"/g)].map(([, action]) => action));

  expect(Object.keys(frames).filter((action) => !said.has(action))).toEqual([]);
});
