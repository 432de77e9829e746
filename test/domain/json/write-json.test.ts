import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { JsonText } from '../../../src/domain/json/json-text.js';
import { writeJson } from '../../../src/domain/json/write-json.js';

const values = fc.jsonValue({ stringUnit: 'grapheme' });

describe('JSON that is written', () => {
  it('is what JSON.stringify makes of plain values, whatever is in them', () => {
    fc.assert(fc.property(values, (value) => expect(writeJson(value)).toBe(JSON.stringify(value))));
  });

  it('leaves out what is undefined', () => {
    const value = { a: undefined, b: { c: undefined, d: [null, 1] } };

    expect(writeJson(value)).toBe(JSON.stringify(value));
  });

  it('has text that is JSON already where its value would be', () => {
    fc.assert(
      fc.property(values, values, (data, other) => {
        const plain = { items: [{ data, other }], data };
        const serialised = { items: [{ data: JsonText.of(data), other }], data: JsonText.of(data) };

        expect(writeJson(serialised)).toBe(JSON.stringify(plain));
      }),
    );
  });

  it('has that text byte for byte, as it was serialised once', () => {
    const text = '{"b" : 1.0,\n"a":"\\u00e4"}';

    expect(writeJson({ data: JsonText.stored(text) })).toBe(`{"data":${text}}`);
  });
});
