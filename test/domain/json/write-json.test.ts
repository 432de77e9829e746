import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { JsonText } from '../../../src/domain/json/json-text.js';
import { writeJson } from '../../../src/domain/json/write-json.js';

const values = fc.jsonValue({ stringUnit: 'grapheme' });

describe('JSON that is written', () => {
  it('equals the output of JSON.stringify for plain values', () => {
    fc.assert(fc.property(values, (value) => expect(writeJson(value)).toBe(JSON.stringify(value))));
  });

  it('leaves out undefined values', () => {
    const value = { a: undefined, b: { c: undefined, d: [null, 1] } };

    expect(writeJson(value)).toBe(JSON.stringify(value));
  });

  it('inserts text that is already JSON in place of its value', () => {
    fc.assert(
      fc.property(values, values, (data, other) => {
        const plain = { items: [{ data, other }], data };
        const serialised = { items: [{ data: JsonText.of(data), other }], data: JsonText.of(data) };

        expect(writeJson(serialised)).toBe(JSON.stringify(plain));
      }),
    );
  });

  it('keeps that text byte for byte', () => {
    const text = '{"b" : 1.0,\n"a":"\\u00e4"}';

    expect(writeJson({ data: JsonText.stored(text) })).toBe(`{"data":${text}}`);
  });
});
