import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseFrame } from '../../../src/entry/lambda/frames/reading/frame.js';
import { errorCodeOf } from '../../support/error-code-of.js';

describe('the frame', () => {
  it('of any JSON object without lone surrogates comes back as JSON.parse has it', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue({ stringUnit: 'grapheme' })),
        (object) => {
          const text = JSON.stringify(object);
          expect(JSON.stringify(parseFrame(text))).toBe(JSON.stringify(JSON.parse(text)));
        },
      ),
    );
  });

  it('of any text is an object or a ClientError', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '{',
        '}',
        '[',
        ']',
        '"',
        ':',
        ',',
        '\\',
        '"action"',
        '"\\u0061ction"',
        '1e999',
        'null',
        ' ',
      ),
      fc.string({ unit: 'binary' }),
      fc.json(),
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join('')),
      fc.array(piece, { maxLength: 20 }).map((pieces) => `{"action":"x",${pieces.join('')}}`),
    );
    fc.assert(
      fc.property(text, (any) => {
        expect(['fine', 'invalid_json', 'invalid_message']).toContain(errorCodeOf(any));
        expect(errorCodeOf(any) === 'invalid_json').toBe(
          !isJson(any) && errorCodeOf(any) !== 'invalid_message',
        );
      }),
      { numRuns: 2_000 },
    );
  });

  it('with the action twice anywhere at its top is refused exactly when they differ', () => {
    const fields = fc.array(
      fc.tuple(
        fc.constantFrom('data', 'Action', 'a"ction', 'actions'),
        fc.jsonValue({ stringUnit: 'grapheme' }),
      ),
      { maxLength: 4 },
    );
    const spelling = fc.constantFrom('"action"', '"\\u0061ction"', '"act\\u0069\\u006Fn"');
    const value = fc.constantFrom('"a"', '"b"', ' "\\u0061" ', 'null', '{"action":"c"}', '["a,b"]');
    fc.assert(
      fc.property(fields, fields, fields, spelling, spelling, value, value, (...parts) => {
        const [before, between, after, first, second, one, other] = parts;
        const text = (list: [string, unknown][]) =>
          list.map(([key, it]) => `${JSON.stringify(key)}:${JSON.stringify(it)}`);
        const frame = `{${[...text(before), `${first}:${one}`, ...text(between), `${second} : ${other}`, ...text(after)].join(',')}}`;

        const same = JSON.stringify(JSON.parse(one)) === JSON.stringify(JSON.parse(other));
        expect(errorCodeOf(frame)).toBe(same ? 'fine' : 'invalid_message');
      }),
      { numRuns: 500 },
    );
  });
});

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};
