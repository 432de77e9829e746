import { describe, expect, it } from '@jest/globals';
import { parseFrame } from '../../../src/entry/lambda/frames/reading/frame.js';
import { errorCodeOf } from '../../support/error-code-of.js';

const nested = (levels: number, open: string, close: string): string =>
  `{"action":"x","data":${open.repeat(levels)}1${close.repeat(levels)}}`;

describe('a frame', () => {
  it('is the object that the text says', () => {
    expect(parseFrame(' {"action":"ping","data":[1,{"a":null}]} ')).toEqual({
      action: 'ping',
      data: [1, { a: null }],
    });
    expect(Object.keys(parseFrame('{"__proto__":{"admin":true},"action":"x"}'))).toEqual([
      '__proto__',
      'action',
    ]);
    expect(parseFrame('{"__proto__":{"admin":true}}').admin).toBeUndefined();
  });

  it.each([
    '',
    ' ',
    '{',
    '}',
    '{"action":}',
    "{'action':1}",
    '{"a":1,}',
    '{} {}',
    'undefined',
    'NaN',
    '\ufeff{}',
  ])('is invalid_json when it is no JSON: %j', (text) => {
    expect(errorCodeOf(text)).toBe('invalid_json');
  });

  it.each(['null', '[]', '1', '"x"', 'true', '[{"action":"ping"}]', '1e400'])(
    'is invalid_message when it is no object: %s',
    (text) => {
      expect(errorCodeOf(text)).toBe('invalid_message');
    },
  );

  it.each([
    ['arrays', '[', ']'],
    ['objects', '{"a":', '}'],
  ])('holds data of 512 nested %s, and no more', (_, open, close) => {
    expect(errorCodeOf(nested(512, open, close))).toBe('fine');
    expect(errorCodeOf(nested(513, open, close))).toBe('invalid_message');
    expect(errorCodeOf(nested(5_000, open, close))).toBe('invalid_message');
  });

  it('survives any nesting, closed or not, in or out of strings', () => {
    for (const text of ['['.repeat(32_768), '{"a":'.repeat(6_000), ']'.repeat(32_768)])
      expect(['invalid_message', 'invalid_json']).toContain(errorCodeOf(text));
    expect(errorCodeOf('['.repeat(30_000))).toBe('invalid_message');
    expect(errorCodeOf(`{"action":${'['.repeat(14_000)}${']'.repeat(14_000)}}`)).toBe('invalid_message');
    expect(errorCodeOf(`{"data":"${'['.repeat(30_000)}"}`)).toBe('fine');
    expect(errorCodeOf(`{"data":"\\"${'{'.repeat(30_000)}"}`)).toBe('fine');
  });

  it.each([
    '{"action":"ping","action":"broadcast"}',
    '{"action":"ping","\\u0061ction":"broadcast"}',
    '{"action":"ping","data":{"action":"ping"},"action":"broadcast"}',
    '{"action":"ping","action":null}',
    '{"action":["ping"],"action":"ping"}',
    '{ "action" : "a" , "x" : [1,{"y":2}] , "action" : "b" }',
  ])('is invalid_message when it says two actions: %s', (text) => {
    expect(errorCodeOf(text)).toBe('invalid_message');
  });

  it.each([
    '{"action":"ping","action":"ping"}',
    '{"action":"ping","\\u0061ction":"p\\u0069ng"}',
    '{"action":"ping","data":{"action":"broadcast"}}',
    '{"data":[{"action":"broadcast"}],"action":"ping"}',
    '{"data":"action","action":"ping"}',
    '{"action":"ping","action ":"broadcast","Action":"send"}',
  ])('is fine when it says one action: %s', (text) => {
    expect(parseFrame(text).action).toBe('ping');
  });

  it.each(['1e400', '-1e400', '[1e309]', '{"a":{"b":-1e999}}'])('is invalid_message with %s', (data) => {
    expect(errorCodeOf(`{"action":"x","data":${data}}`)).toBe('invalid_message');
  });

  it.each(['1e308', '-0', '1e-400', '123456789012345678901234567890', '0.1'])('is fine with %s', (data) => {
    expect(errorCodeOf(`{"action":"x","data":${data}}`)).toBe('fine');
  });

  it.each([
    '"\\ud800"',
    '"\\udc00"',
    '"\\udc00\\ud800"',
    '["a\\ud83d"]',
    '{"\\ud83d":1}',
    '{"a":{"b":["x\\ude00y"]}}',
  ])('is invalid_message with half of a surrogate pair: %s', (data) => {
    expect(errorCodeOf(`{"action":"x","data":${data}}`)).toBe('invalid_message');
  });

  it('is fine with whole pairs, however they are written', () => {
    expect(parseFrame('{"data":"\\ud83d\\ude00😀"}').data).toBe('😀😀');
    expect(errorCodeOf('{"data":"\\u0000\\uffff\\u2028"}')).toBe('fine');
  });

  it('never quotes the client in its error', () => {
    for (const text of ['{"secret"', '{"action":"secret","action":"secret2"}', '{"secret":"\\ud800"}'])
      expect(() => parseFrame(text)).toThrow(
        expect.objectContaining({ message: expect.not.stringContaining('secret') }),
      );
  });
});
