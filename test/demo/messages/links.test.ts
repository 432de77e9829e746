import { expect, it } from '@jest/globals';
import { piecesOf } from '../../../demo/messages/links.js';

const linksIn = (text: string) =>
  piecesOf(text).flatMap((piece: string | { href: string }) =>
    typeof piece === 'string' ? [] : [piece.href],
  );
const textOf = (text: string) =>
  piecesOf(text)
    .map((piece: string | { text: string }) => (typeof piece === 'string' ? piece : piece.text))
    .join('');

it.each([
  ['see https://example.com/a?b=c#d', 'https://example.com/a?b=c#d'],
  ['http://example.com.', 'http://example.com/'],
  ['(as in https://example.com/a)', 'https://example.com/a'],
  ['https://example.com/a_(b), they say', 'https://example.com/a_(b)'],
  ['"https://example.com/"!', 'https://example.com/'],
])('finds the address in %s', (text, href) => {
  expect(linksIn(text)).toEqual([href]);
  expect(textOf(text)).toBe(text);
});

it.each([
  'javascript:alert(1)',
  'data:text/html,hi',
  'example.com',
  'ftp://example.com',
  'xhttp://a.b',
  'https://',
  'http://[',
])('finds no address in %s', (text) => {
  expect(linksIn(text)).toEqual([]);
  expect(textOf(text)).toBe(text);
});

it('finds each of several addresses, and keeps what is between them', () => {
  const text = 'http://a.example and\nhttps://b.example/ end';

  expect(linksIn(text)).toEqual(['http://a.example/', 'https://b.example/']);
  expect(textOf(text)).toBe(text);
});
